import { Inject, Injectable } from '@nestjs/common';
import { AccountsService } from '../accounts/index.js';
import { type FindingEvidence } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { Reader } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { ageInYears, PersonRepository } from '../people/index.js';
import { TerminologyService } from '../terminology/index.js';
import { briefly } from './domain/brief.js';
import { CONFIDENTIAL, disclose, type IsSensitive } from './domain/disclosure.js';
import { writeQueueCursor } from './domain/queue-cursor.js';
import { type PersonShown, PRIORITIES, type QueueItem, type QueuePage } from './queue.dto.js';
import { lifeShown } from './domain/life-shown.js';
import { type QueueFilter } from './open-tasks-query.js';
import { QueueCounts } from './queue-counts.js';
import { QueueRepository, type QueueRow } from './queue.repository.js';

/** The notification queue for people to work from. */
@Injectable()
export class QueueService {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(QueueRepository) private readonly rows: QueueRepository,
    @Inject(QueueCounts) private readonly counts: QueueCounts,
    @Inject(TerminologyService) private readonly terminology: TerminologyService,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
  ) {}

  /** @param isRevealed values of sensitive compartments are shown: whoever asks for that is recorded */
  async page(filter: Omit<QueueFilter, 'now'>, isRevealed = false): Promise<QueuePage> {
    const now = this.clock.now();
    const rows = await this.rows.open({ ...filter, now, limit: filter.limit + 1 });
    const shown = rows.slice(0, filter.limit);
    const last = rows.length > filter.limit ? shown.at(-1) : undefined;
    const counts = await this.counts.now(filter.rows);
    const isEmpty = counts.every(({ count }) => count === 0);
    const lastDone = isEmpty ? await this.rows.lastDone(filter.rows) : null;
    const people = shown.flatMap(({ person }) => person?.id ?? []);
    const [names, ends] = await Promise.all([
      this.accounts.namesOf(shown.map(({ owner }) => owner)),
      this.persons.phoneEnds(this.reader.manager, people),
    ]);
    return {
      items: shown.map((row) => this.#item(row, isRevealed, names, ends)),
      counts: counts.map(({ code, urgency, count }) => ({ code, class: urgency, count })),
      lastDoneAt: lastDone?.toISOString() ?? null,
      next: last
        ? writeQueueCursor({
            urgency: last.urgency,
            due: last.dueAt,
            attempts: last.life.attempts,
            id: last.id,
          })
        : null,
    };
  }

  readonly isSensitive: IsSensitive = (name) => this.terminology.vocabulary.isSensitive(name);

  person(row: NonNullable<QueueRow['person']>): PersonShown {
    const { id, name, sex, birthDate } = row;
    return { id, name, sex, ageYears: ageInYears(birthDate, this.clock.now(), this.config.timeZone) };
  }

  #item(
    row: QueueRow,
    isRevealed: boolean,
    names: ReadonlyMap<string, string>,
    phoneEnds: ReadonlyMap<string, string>,
  ): QueueItem {
    const { id, version, code, status, urgency, dueAt, findingCount } = row;
    const shown = row.evidence
      ? disclose(JSON.parse(row.evidence) as FindingEvidence, this.isSensitive, isRevealed)
      : null;
    return {
      id,
      version,
      code,
      status,
      class: urgency,
      priority: PRIORITIES[urgency],
      due: dueAt.toISOString(),
      isOverdue: dueAt.getTime() < this.clock.now().getTime(),
      person: row.person && this.person(row.person),
      phoneEnd: phoneEnds.get(row.person?.id ?? '') ?? null,
      headline: shown?.sentence ?? CONFIDENTIAL,
      brief: shown ? briefly(shown.sentence, shown.advice) : CONFIDENTIAL,
      isConfidential: shown?.isConfidential ?? true,
      findingCount,
      isNew: row.newCount > 0,
      life: lifeShown(row.life, this.clock.now(), names),
    };
  }
}
