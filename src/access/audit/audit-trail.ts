import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { UnitOfWork, type Witness } from '../../database/index.js';
import { AppError, Clock, newId } from '../../kernel/index.js';
import { AuditRepository } from './audit.repository.js';
import { type KeptEvent } from './domain/chain.js';

/** Whoever acts, as far as the trail names them. */
export interface Actor {
  kind: 'key' | 'user' | 'command' | 'nobody';
  id: string;
  scope?: string;
  roles?: readonly string[];
  /** From which address on the network; null when from this machine. */
  from?: string | null;
  /** Whom they see by break-glass alone, with why: what they do with these is marked with it. */
  opened?: ReadonlyMap<string, string>;
}

/** What happened, and to whom. `detail` names kinds and counts, never what was read. */
export interface Audited {
  action: string;
  personIds: readonly string[];
  /** `kind/ID` of what was seen or changed. */
  subject?: string;
  /** Why, in a word of ours, or where the words stand. */
  reason?: string;
  detail: string;
}

interface Batch {
  events: KeptEvent[];
  written: Promise<void>;
}

/** Beyond this many events that wait for the database, reading is refused rather than left unrecorded. */
const MOST_WAITING = 50_000;

/**
 * Writes who saw and changed what. A change is written down in its own transaction. A reader is answered once the
 * record is durable; records of reads that arrive together share one write, so nobody waits for more than the write
 * before theirs and their own.
 */
@Injectable()
export class AuditTrail {
  #next: Batch | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(
    @Inject(AuditRepository) private readonly table: AuditRepository,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Records one act (of null: of nobody known): a row a person, or one without person.
   * @throws AppError `try-again` when it can't be written: what was asked for must not be shown then
   */
  async record(actor: Actor | null, audited: Audited): Promise<void> {
    if (this.#waiting > MOST_WAITING) {
      throw new AppError('try-again', 'The audit trail is behind; ask again.');
    }
    const events = this.#eventsOf(actor, audited);
    const batch = (this.#next ??= this.#open());
    batch.events.push(...events);
    this.#waiting += events.length;
    await batch.written;
  }

  /** Records one act in the transaction that is handed in. */
  async write(manager: EntityManager, actor: Actor | null, audited: Audited): Promise<void> {
    await this.table.insert(manager, this.#eventsOf(actor, audited));
  }

  /** Hands a change what it has to write down in its transaction. */
  witness(
    actor: Actor | null,
    audited: Omit<Audited, 'personIds'> & { personIds?: readonly string[] },
  ): Witness {
    return (manager, what = {}) => this.write(manager, actor, { personIds: [], ...audited, ...what });
  }

  #eventsOf(actor: Actor | null, { action, personIds, subject, reason, detail }: Audited): KeptEvent[] {
    const shared = {
      at: this.clock.now(),
      actor: actor && actor.kind !== 'nobody' ? `${actor.kind}:${actor.id}` : 'nobody',
      role: actor?.scope ?? (actor?.roles?.join(' ') || null),
      action: cut(action, 32),
      subject: subject === undefined ? null : cut(subject, 80),
      reason: reason === undefined ? null : cut(reason, 80),
      source: addressOf(actor?.from),
      detail: cut(detail, 255),
    };
    const persons = personIds.length > 0 ? personIds : [null];
    return persons.map((personId) => {
      const opened = personId === null ? undefined : actor?.opened?.get(personId);
      return { id: newId(), ...shared, reason: shared.reason ?? opened ?? null, personId };
    });
  }

  #open(): Batch {
    const events: KeptEvent[] = [];
    const written = this.#last
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        return this.unitOfWork.run((manager) => this.table.insert(manager, events));
      })
      .finally(() => {
        this.#waiting -= events.length;
      });
    this.#last = written;
    return { events, written };
  }
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most);
}

/** A proxy hands on whatever it was told: nothing but an address is kept. */
function addressOf(from: string | null | undefined): string | null {
  const address = from?.replace(/^::ffff:(?=\d)/, '') ?? '';
  return isIP(address) === 0 ? null : address;
}
