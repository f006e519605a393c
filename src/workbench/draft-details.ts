import { Inject, Injectable } from '@nestjs/common';
import { actorOf, AuditTrail, type Caller } from '../access/index.js';
import { AccountsService } from '../accounts/index.js';
import { type Doer, type Draft, DraftsRepository, DraftsService, whatIsMissing } from '../drafts/index.js';
import { accountOf, summaryOf } from './drafts-shown.js';
import { type DraftDetail } from './drafts.dto.js';

/** A draft as its pages show it, and who acts on it as records name them. */
@Injectable()
export class DraftDetails {
  constructor(
    @Inject(DraftsService) private readonly drafts: DraftsService,
    @Inject(DraftsRepository) private readonly table: DraftsRepository,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  doer(caller: Caller, action: string): Doer {
    return { actor: actorOf(caller), witness: this.audit.witness(caller, { action, detail: '' }) };
  }

  async shown(draft: Draft, caller: Caller): Promise<DraftDetail> {
    const events = await this.table.events(draft.id);
    const names = await this.accounts.namesOf(
      [draft.author, ...events.map(({ actor }) => actor)].map(accountOf),
    );
    return {
      ...summaryOf(draft, names, actorOf(caller)),
      files: await this.drafts.paths(draft),
      events: events.map(({ action, revision, at, actor, reason }) => ({
        ...{ action, revision, reason, at: at.toISOString() },
        by: names.get(accountOf(actor) ?? '') ?? null,
      })),
      overtaken:
        draft.state === 'in-force' || draft.state === 'withdrawn' ? [] : await this.drafts.overtaken(draft),
      missing: whatIsMissing(draft, events, actorOf(caller)),
    };
  }
}
