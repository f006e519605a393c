import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { Reader } from '../database/index.js';
import { newId } from '../kernel/index.js';
import { type DraftAct, type DraftState, type FileChange } from './domain/draft.js';
import { RuleDraftEntity, RuleDraftEventEntity } from './draft.entity.js';

/** A draft, read. */
export interface Draft extends Omit<RuleDraftEntity, 'changes' | 'publishing'> {
  changes: FileChange[];
}

/** What a change of a draft expects to find, and how it leaves it. */
export interface DraftMove {
  from: DraftState;
  revision: number;
  set: Partial<
    Pick<RuleDraftEntity, 'state' | 'revision' | 'changes' | 'changedAt' | 'version' | 'publishing' | 'title'>
  >;
}

const ONE_AT_A_TIME = 'writing';

@Injectable()
export class DraftsRepository {
  constructor(@Inject(Reader) private readonly reader: Reader) {}

  async byId(id: string): Promise<Draft | null> {
    const row = await this.reader.manager.findOneBy(RuleDraftEntity, { id });
    return row && read(row);
  }

  /** Those that were changed last first. */
  async list(most: number): Promise<Draft[]> {
    const rows = await this.reader.manager.find(RuleDraftEntity, {
      order: { changedAt: 'DESC', id: 'DESC' },
      take: most,
    });
    return rows.map(read);
  }

  /** Those whose files were being written when whoever wrote them stopped. */
  async approved(): Promise<Draft[]> {
    return (await this.reader.manager.findBy(RuleDraftEntity, { publishing: ONE_AT_A_TIME })).map(read);
  }

  async insert(manager: EntityManager, draft: Draft): Promise<void> {
    await manager.insert(RuleDraftEntity, {
      ...draft,
      changes: JSON.stringify(draft.changes),
      publishing: null,
    });
  }

  /** False when the draft is not what the mover saw: nothing has changed then. */
  async move(manager: EntityManager, id: string, { from, revision, set }: DraftMove): Promise<boolean> {
    const { affected } = await manager.update(RuleDraftEntity, { id, state: from, revision }, set);
    return affected === 1;
  }

  async note(
    manager: EntityManager,
    { id, revision }: Pick<Draft, 'id' | 'revision'>,
    {
      action,
      actor,
      at,
      reason = null,
    }: { action: DraftAct; actor: string; at: Date; reason?: string | null },
  ): Promise<void> {
    await manager.insert(RuleDraftEventEntity, {
      id: newId(),
      draftId: id,
      ...{ action, revision, actor, at, reason },
    });
  }

  /** In the order in which they happened. */
  events(draftId: string): Promise<RuleDraftEventEntity[]> {
    return this.reader.manager.find(RuleDraftEventEntity, { where: { draftId }, order: { id: 'ASC' } });
  }
}

/** What `publishing` holds while files are written, and after. */
export const publishing = (isOn: boolean): string | null => (isOn ? ONE_AT_A_TIME : null);

function read({ changes, publishing: _, ...row }: RuleDraftEntity): Draft {
  return { ...row, changes: JSON.parse(changes) as FileChange[] };
}
