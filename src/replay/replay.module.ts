import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { Judging, Levelling, Records, Surroundings } from '../intake/index.js';
import { PeopleModule } from '../people/index.js';
import { DraftRulesModule } from '../rules/index.js';
import { SilenceRepository } from '../tasks/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { ReplayService } from './replay.service.js';

/** What a draft of the rules would change. Needs no rules in force: it judges by those it is given. */
@Module({
  imports: [AssessmentModule, DraftRulesModule, PeopleModule, TerminologyModule],
  providers: [Judging, Levelling, Records, ReplayService, SilenceRepository, Surroundings],
  exports: [DraftRulesModule, ReplayService],
})
export class ReplayModule {}
