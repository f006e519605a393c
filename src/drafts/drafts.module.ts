import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ReplayModule } from '../replay/index.js';
import { DraftRulesModule, RulesModule } from '../rules/index.js';
import { DraftPublisher } from './draft-publisher.js';
import { DraftReplays } from './draft-replays.js';
import { DraftStrengths } from './draft-strength.js';
import { DraftsRepository } from './drafts.repository.js';
import { DraftsService } from './drafts.service.js';

/** From a doctor's edit to rules in force: drafts, what they would change, and a second doctor's word. */
@Module({
  imports: [AccountsModule, DraftRulesModule, ReplayModule, RulesModule],
  providers: [DraftPublisher, DraftReplays, DraftStrengths, DraftsRepository, DraftsService],
  exports: [DraftRulesModule, DraftPublisher, DraftReplays, DraftStrengths, DraftsRepository, DraftsService],
})
export class DraftsModule {}
