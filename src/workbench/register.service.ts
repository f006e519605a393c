import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { type FindingEvidence } from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { andRows, placeholders, Reader, readInstant, type Rows } from '../database/index.js';
import { CareOfResults } from '../intake/index.js';
import { Clock } from '../kernel/index.js';
import { ageInYears, maskText, PersonRepository } from '../people/index.js';
import { Employers } from '../reports/index.js';
import { disclose } from './domain/disclosure.js';
import { type RegisterLine } from './domain/register/register.js';
import { type SheetTask } from './domain/register/render-sheet.js';
import { QueueService } from './queue.service.js';

type Instant = string | Date;
interface Row {
  task_id: string;
  finding_id: string;
  observation_id: string;
  person_id: string;
  name: string | null;
  sex: 'male' | 'female' | null;
  birth_date: string | null;
  rule_id: string;
  rule_set_version: string;
  urgency: RegisterLine['class'];
  evidence: string;
  identified_at: Instant;
  due_at: Instant;
  confirmation: string | null;
  specimen: string;
  attempts: number;
  created_at: Instant;
  closed_at: Instant | null;
  state: string | null;
  loop_due: Instant | null;
  recheck_at: Instant | null;
  outcome: string | null;
  words: string | null;
  loop_closed_at: Instant | null;
  closed_by: string | null;
  told_at: Instant | null;
}
interface CheckRow {
  task_id: string;
  at: Instant;
  actor: string;
}
interface ContactRow {
  task_id: string;
  at: Instant;
  actor: string;
  channel: string;
  answered_by: string | null;
  read_back: string;
  note: string | null;
}

/** Where a page of the register ends. */
export interface RegisterCursor {
  at: Date;
  taskId: string;
  findingId: string;
}

const MOST_ON_SHEET = 2000;

/** 登记本: every finding that was put into a call, with the call and what became of it. */
@Injectable()
export class RegisterService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(PersonRepository) private readonly persons: PersonRepository,
    @Inject(QueueService) private readonly queue: QueueService,
    @Inject(CareOfResults) private readonly care: CareOfResults,
    @Inject(Employers) private readonly employers: Employers,
  ) {}

  /** Lines of calls that were opened in a period, in the order in which they were. */
  async lines(
    period: { since: Date; until: Date },
    limit: number,
    after: RegisterCursor | null,
    isRevealed: boolean,
    seen: Rows,
  ): Promise<{ lines: RegisterLine[]; personIds: string[]; next: RegisterCursor | null }> {
    const own = andRows(seen, 't.person_id');
    const rows = await this.reader.query<Row>(
      `SELECT t.id AS task_id, f.id AS finding_id, f.observation_id, t.person_id, p.name, p.sex, p.birth_date, f.rule_id, f.rule_set_version, f.urgency, f.evidence,
         f.identified_at, t.due_at, t.confirmation, t.specimen, t.attempts, t.created_at, t.closed_at, f.told_at,
         l.state, l.due_at AS loop_due, l.recheck_at, l.outcome, l.words, l.closed_at AS loop_closed_at, l.closed_by
       FROM task t JOIN task_finding tf ON tf.task_id = t.id JOIN finding f ON f.id = tf.finding_id JOIN person p ON p.id = t.person_id
         LEFT JOIN finding_loop l ON l.finding_id = f.id AND l.task_id = t.id
       WHERE t.code = 'notify' AND t.created_at >= ? AND t.created_at < ?${own.sql}
         ${after ? 'AND (t.created_at > ? OR (t.created_at = ? AND (t.id > ? OR (t.id = ? AND f.id > ?))))' : ''}
       ORDER BY t.created_at, t.id, f.id LIMIT ?`,
      [
        after?.at ?? period.since, period.until, ...own.values,
        ...(after ? [after.at, after.at, after.taskId, after.taskId, after.findingId] : []),
        limit + 1,
      ],
    ); // prettier-ignore
    const shown = rows.slice(0, limit);
    const contacts = await this.#contacts(shown.map((row) => row.task_id));
    const checks = await this.#checks(shown.map((row) => row.task_id));
    const names = await this.#names([
      ...[...contacts.values(), ...checks.values()].map(({ actor }) => actor),
      ...shown.flatMap((row) => row.closed_by ?? []),
    ]);
    const phones = new Map<string, string[]>();
    for (const id of new Set(shown.map((row) => row.person_id))) phones.set(id, await this.#phones(id));
    const employers = await this.employers.of([...phones.keys()]);
    const numbers = await this.#checkups(shown);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      lines: shown.map((row) => ({
        ...this.#check(checks.get(row.task_id), names),
        ...this.#line(row, contacts.get(row.task_id), names, phones.get(row.person_id) ?? [], isRevealed),
        checkup: numbers.get(row.observation_id) ?? null,
        employer: employers.get(row.person_id) ?? null,
      })),
      personIds: [...phones.keys()],
      next: last
        ? { at: readInstant(last.created_at), taskId: last.task_id, findingId: last.finding_id }
        : null,
    };
  }

  /** The open queue as it is now, for paper; phones unmasked, since paper can ask nobody. */
  async sheet(rows: Rows): Promise<{ tasks: SheetTask[]; personIds: string[]; isCut: boolean }> {
    const { items, next } = await this.queue.page({ limit: MOST_ON_SHEET, rows }, false);
    const tasks: SheetTask[] = [];
    for (const { person, headline, due, life, code, ...item } of items) {
      tasks.push({
        class: `${item.class === 'important' ? '重要' : item.class}${code === 'notify' ? '' : code === 'review' ? ' 复核' : ' 更正'}`,
        due: this.inWords(due),
        name: person?.name ?? '未知',
        sex: person?.sex === 'male' ? '男' : person?.sex === 'female' ? '女' : '未知',
        age: person?.ageYears == null ? '未知' : String(person.ageYears),
        phones: person ? (await this.#phones(person.id, false)).join(' ') : '',
        headline: headline.zh,
        state: life.attempts > 0 ? `未接通 ${life.attempts}` : life.claimedBy ? '已领取' : '未联系',
      });
    }
    const personIds = [...new Set(items.flatMap(({ person }) => person?.id ?? []))];
    return { tasks, personIds, isCut: next !== null };
  }

  /** `2026-11-22 14:32` in the centre's zone. */
  readonly inWords = (instant: string | null): string =>
    instant === null
      ? ''
      : DateTime.fromISO(instant, { zone: this.config.timeZone }).toFormat('yyyy-MM-dd HH:mm');

  #line(
    row: Row,
    contact: ContactRow | undefined,
    names: ReadonlyMap<string, string>,
    phones: string[],
    isRevealed: boolean,
  ): Omit<RegisterLine, 'checkup' | 'employer' | 'confirmedAt' | 'confirmedBy'> {
    const shown = disclose(JSON.parse(row.evidence) as FindingEvidence, this.queue.isSensitive, isRevealed);
    const isHidden = shown.isConfidential && !isRevealed;
    // Findings that were left untold have no part in the call.
    const call = row.told_at === null ? undefined : contact;
    const iso = (at: Instant | null): string | null => readInstant(at, true)?.toISOString() ?? null;
    return {
      taskId: row.task_id,
      findingId: row.finding_id,
      person: {
        name: row.name,
        sex: row.sex,
        ageYears: ageInYears(row.birth_date, this.clock.now(), this.config.timeZone),
      },
      phones,
      item: shown.title,
      said: shown.sentence,
      class: row.urgency,
      rule: isHidden ? null : row.rule_id,
      ruleSetVersion: row.rule_set_version,
      foundAt: iso(row.identified_at)!,
      due: iso(row.due_at)!,
      confirmation: row.confirmation,
      specimen: row.specimen === '' ? [] : row.specimen.split(','),
      attempts: Number(row.attempts),
      notifiedAt: iso(row.told_at),
      notifiedBy: call ? (names.get(call.actor) ?? call.actor) : null,
      channel: call?.channel ?? null,
      answeredBy: call?.answered_by ?? null,
      readBack: row.told_at === null ? null : (call?.read_back ?? 'none'),
      note: call?.note ?? null,
      recheckAt: iso(row.recheck_at),
      outcomeDue: iso(row.loop_due),
      isOver: row.closed_at !== null,
      state: row.state,
      outcome: row.outcome,
      words: row.words === null ? {} : (JSON.parse(row.words) as Record<string, string>),
      closedAt: iso(row.loop_closed_at),
      closedBy: row.closed_by && (names.get(row.closed_by) ?? row.closed_by),
    };
  }

  #check(
    check: CheckRow | undefined,
    names: ReadonlyMap<string, string>,
  ): Pick<RegisterLine, 'confirmedAt' | 'confirmedBy'> {
    if (!check) return { confirmedAt: null, confirmedBy: null };
    return {
      confirmedAt: readInstant(check.at).toISOString(),
      confirmedBy: names.get(check.actor) ?? check.actor,
    };
  }

  /** What laboratory or doctor last said of each task's results. */
  async #checks(taskIds: readonly string[]): Promise<Map<string, CheckRow>> {
    const rows = await this.reader.query<CheckRow>(
      `SELECT task_id, at, actor FROM task_event WHERE action = 'confirm' AND task_id IN (${placeholders(taskIds.length)}) ORDER BY id`,
      taskIds,
    );
    return new Map(rows.map((row) => [row.task_id, row]));
  }

  /** The call by which each task was told. */
  async #contacts(taskIds: readonly string[]): Promise<Map<string, ContactRow>> {
    const rows = await this.reader.query<ContactRow>(
      `SELECT task_id, at, actor, channel, answered_by, read_back, note FROM contact WHERE outcome = 'told' AND task_id IN (${placeholders(taskIds.length)})`,
      taskIds,
    );
    return new Map(rows.map((row) => [row.task_id, row]));
  }

  /** The checkup of each result. */
  async #checkups(rows: readonly Row[]): Promise<Map<string, string | null>> {
    const numbers = new Map<string, string | null>();
    for (const { observation_id: id } of rows)
      if (!numbers.has(id)) numbers.set(id, await this.care.number(this.reader.manager, id));
    return numbers;
  }

  /** How colleagues call them, by `user:ID`. */
  async #names(actors: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(actors)].flatMap((actor) => (actor.startsWith('user:') ? actor.slice(5) : []));
    const rows = await this.reader.query<{ id: string; name: string }>(
      `SELECT id, name FROM account WHERE id IN (${placeholders(ids.length)})`,
      ids,
    );
    return new Map(rows.map(({ id, name }) => [`user:${id}`, name]));
  }

  async #phones(personId: string, isMasked = true): Promise<string[]> {
    const contacts = await this.persons.contactsOf(this.reader.manager, personId);
    return contacts
      .filter(({ system }) => system !== 'email')
      .map(({ value }) => (isMasked ? maskText(value) : value));
  }
}
