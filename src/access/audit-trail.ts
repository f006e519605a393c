import { Inject, Injectable } from '@nestjs/common';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import { AppError, Clock, newId } from '../kernel/index.js';
import { type AuditEventEntity } from './access.entity.js';
import { AccessRepository } from './access.repository.js';
import { actorOf, type Caller } from './caller.js';

/** What happened, and to whom. `detail` names kinds and counts, never what was read. */
export interface Audited {
  action: string;
  personIds: readonly string[];
  detail: string;
}

interface Batch {
  events: AuditEventEntity[];
  written: Promise<void>;
}

/** Beyond this many events that wait for the database, reading is refused rather than left unrecorded. */
const MOST_WAITING = 50_000;

/**
 * Writes who saw whom. A reader is answered once the record is durable; records that arrive together share one write,
 * so nobody waits for more than the write before theirs and their own.
 */
@Injectable()
export class AuditTrail {
  #next: Batch | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    @Inject(AccessRepository) private readonly table: AccessRepository,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records one act of a caller (null: of nobody known): a row a person, or one without person.
   * @throws AppError `try-again` when it can't be written: what was asked for must not be shown then
   */
  async record(caller: Caller | null, { action, personIds, detail }: Audited): Promise<void> {
    if (this.#waiting > MOST_WAITING) {
      throw new AppError('try-again', 'The audit trail is behind; ask again.');
    }
    const shared = { at: this.clock.now(), actor: actorOf(caller), action, detail: detail.slice(0, 255) };
    const persons = personIds.length > 0 ? personIds : [null];
    const batch = (this.#next ??= this.#open());
    for (const personId of persons) batch.events.push({ id: newId(), ...shared, personId });
    this.#waiting += persons.length;
    await batch.written;
  }

  #open(): Batch {
    const events: AuditEventEntity[] = [];
    const written = this.#last
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.table.insertAudit(events, DIALECTS[this.unitOfWork.kind]);
      })
      .finally(() => {
        this.#waiting -= events.length;
      });
    this.#last = written;
    return { events, written };
  }
}
