import { Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import { AuditTrail } from '../access/index.js';
import { DIALECTS, UnitOfWork } from '../database/index.js';
import { AppError, Clock } from '../kernel/index.js';
import {
  AmbiguousPerson,
  type KnownPerson,
  MessageStore,
  PersonRepository,
  PersonConflictRepository,
  type SealedMessage,
  shortHash,
  type Stored,
  type StoredResult,
} from '../people/index.js';
import { RulesService } from '../rules/index.js';
import { LoopsService, TasksService } from '../tasks/index.js';
import { Admission, type People } from './admission.js';
import { ClinicalStore } from './clinical-store.js';
import { type EntryResult, type IncomingEntry, type IncomingMessage } from './domain/incoming.js';
import { Judging, type Touched } from './judging.js';
import { JudgingAgain, type News } from './judging-again.js';
import { Levelling } from './levelling.js';
import { MovedLevels } from './moved-levels.js';
import { Merging } from './merging.js';
import { RecordJudging } from './record-judging.js';
import { Records } from './records.js';
import { Rereading } from './rereading.js';
import { ResultStore } from './result-store.js';

/** Two messages that bring the same new person at once: the second finds the first's when it runs again. */
const ATTEMPTS = 4;

/** A person whom the message refers to came while it was being taken in: it starts again and finds them. */
class PersonArrived extends AppError {
  constructor() {
    super('try-again', 'The person came at the same moment; send the same again.');
  }
}

/** From a message to the nurse's queue, in one transaction: when this returns, everything that follows exists. */
@Injectable()
export class IntakeService {
  constructor(
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly messages: MessageStore,
    private readonly audit: AuditTrail,
    private readonly conflicts: PersonConflictRepository,
    private readonly admission: Admission,
    private readonly merging: Merging,
    private readonly clinical: ClinicalStore,
    private readonly results: ResultStore,
    private readonly rereading: Rereading,
    private readonly rules: RulesService,
    private readonly judging: Judging,
    private readonly again: JudgingAgain,
    private readonly speaking: Records,
    private readonly records: RecordJudging,
    private readonly levels: Levelling,
    private readonly tasks: TasksService,
    private readonly loops: LoopsService,
    private readonly persons: PersonRepository,
  ) {}

  /**
   * Takes one message in, all or nothing.
   * @returns what became of each entry, in their order
   * @throws AppError when a person is ambiguous (412), a reference leads nowhere (400), or the database is away (503)
   */
  async receive(message: IncomingMessage): Promise<EntryResult[]> {
    const sealed = await this.messages.seal(message.source);
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.work.run((manager) => this.take(manager, message, sealed, attempt > 1));
      } catch (error) {
        if (error instanceof AmbiguousPerson) await this.keepConflict(error, message);
        const isOvertaken = error instanceof PersonArrived || DIALECTS[this.work.kind].isDuplicateKey(error);
        if (attempt >= ATTEMPTS || !isOvertaken) throw error;
      }
    }
  }

  /** Refused, but not forgotten: somebody has to say who is meant. */
  private async keepConflict(
    { faults, personIds }: AmbiguousPerson,
    message: IncomingMessage,
  ): Promise<void> {
    const conflict = { feedId: message.feed.id, path: faults[0]?.path ?? '', personIds };
    await this.conflicts.keep(conflict, message.source, this.clock.now());
  }

  /** The steps, in order. */
  private async take(
    manager: EntityManager,
    message: IncomingMessage,
    sealed: SealedMessage,
    isRetry: boolean,
  ): Promise<EntryResult[]> {
    const now = this.clock.now();
    const rules = this.rules.current;
    const { feed, entries } = message;
    const people = await this.admission.admit(
      manager,
      message,
      () => shortHash(message.source.toString()),
      now,
    );
    const newcomers = this.rereading.newcomers(manager, people);
    const clinical = await this.clinical.store(manager, message, sealed.id, people, now, isRetry);
    const results = await this.results.store(manager, message, sealed.id, people, now);
    await this.refuseIfArrived(manager, [
      ...clinical.waitingFor,
      // A repeat found its result waiting: whoever brings the person finds it too, were it this message itself.
      ...results.stored.flatMap(({ outcome, result }) =>
        outcome === 'new' || outcome === 'version' ? (result.subjectKey ?? []) : [],
      ),
    ]);
    await this.messages.insert(manager, sealed, {
      feedId: feed.id,
      isHistory: feed.isHistory,
      entryCount: entries.length,
      receivedAt: now,
      ruleSetVersion: rules.version,
    });
    await this.writeDown(manager, message, sealed.id, people);
    const merges = await this.merging.merge(manager, people, now);
    const touched: Touched = new Map(
      merges.flatMap(({ from, to }) => [from, to]).map(({ id }) => [id, { personId: id }]),
    );
    const news: News = {
      rules,
      newcomers,
      merges,
      clinical,
      stored: results.stored,
      adopted: [],
      moved: new MovedLevels(),
    };
    await this.judgeStored(manager, people, news, touched, now);
    const judged = await this.again.judge(manager, people, news, touched, now);
    // What came with a new person has been seen by all their results.
    const others = clinical.changes.filter(({ before, after }) => before || !people.isNewId(after.personId));
    const changes = [...others, ...news.adopted];
    await this.records.judge(manager, changes, rules, ({ id }) => judged.has(id), touched, now);
    news.moved.gather({ changes, brought: clinical.changes, merges, people: people.list });
    await this.levels.ofMessage(manager, people, news.moved, rules, now);
    // Nobody who came with this message has been told anything.
    const later = results.stored.filter(
      ({ outcome, result }) =>
        outcome !== 'repeat' && result.personId !== null && !people.isNewId(result.personId),
    );
    await this.loops.judged(
      manager,
      later.map(({ result }) => result),
      now,
    );
    for (const subject of touched.values()) await this.tasks.follow(manager, subject, now);
    return entries.map(
      (entry) => results.answers.get(entry) ?? clinical.answers.get(entry) ?? answerOf(entry, people, now),
    );
  }

  /** Who sent it; one row a message, which names the person where it is about one alone. */
  private async writeDown(
    manager: EntityManager,
    { feed: { id, scope = 'feed', from = null }, entries, witness }: IncomingMessage,
    messageId: string,
    { persons }: People,
  ): Promise<void> {
    if (witness) return witness(manager, { personIds: persons.map((person) => person.id) });
    await this.audit.write(manager, { kind: 'key', id, scope, from }, {
      action: 'message received',
      personIds: persons.length === 1 ? [persons[0]!.id] : [],
      subject: `message/${messageId}`,
      detail: `${entries.length} entries`,
    }); // prettier-ignore
  }

  /** Who was not known at the beginning may have come since, and must not miss what was stored for them. */
  private async refuseIfArrived(manager: EntityManager, waitingFor: readonly string[]): Promise<void> {
    if (await this.persons.areKnown(manager, [...new Set(waitingFor)])) throw new PersonArrived();
  }

  /** What this message brought. */
  private async judgeStored(
    manager: EntityManager,
    people: People,
    { rules, stored, clinical, moved }: News,
    touched: Touched,
    now: Date,
  ): Promise<void> {
    for (const areNew of [true, false]) {
      const changed = stored.filter(({ outcome }) =>
        areNew ? outcome === 'new' : outcome === 'version' || outcome === 'live',
      );
      for (const [person, group] of await this.byPerson(manager, changed, people)) {
        const isNewcomer = areNew && person !== null && people.isNew(person);
        const records = isNewcomer ? this.speaking.ofNewcomer(clinical.changes, person.id) : null;
        const { added } = await this.judging.judge(
          manager,
          { person, ...group, areNew, isNewcomer, records, rules },
          touched,
          now,
        );
        if (isNewcomer) moved.first(person.id, { results: group.results, findings: added, records });
        else if (person) moved.add(person.id);
        for (const { personId } of group.formerly) moved.add(personId);
      }
    }
  }

  /** The last word of this message on each result, by person (null for those that have none yet), with what it replaces. */
  private async byPerson(
    manager: EntityManager,
    stored: readonly Stored[],
    people: People,
  ): Promise<Map<KnownPerson | null, Results>> {
    const latest = [...new Map(stored.map(({ result }) => [result.id, result])).values()];
    const replaced = stored.flatMap(({ before }) => before ?? []);
    const persons = new Map(people.persons.map((person) => [person.id, person]));
    // A result that has moved on to another person stays theirs, though the message names the first.
    const others = [...latest, ...replaced].flatMap(({ personId }) =>
      personId === null || persons.has(personId) ? [] : personId,
    );
    for (const [id, person] of await this.persons.findByIds(manager, others)) persons.set(id, person);
    const groups = new Map<KnownPerson | null, Results>();
    const groupOf = ({ personId }: StoredResult): Results => {
      const person = (personId && persons.get(personId)) || null;
      const group = groups.get(person) ?? { results: [], formerly: [] };
      groups.set(person, group);
      return group;
    };
    for (const result of latest) groupOf(result).results.push(result);
    for (const result of replaced) if (result.personId !== null) groupOf(result).formerly.push(result);
    return groups;
  }
}

interface Results {
  results: StoredResult[];
  /** What they replace. */
  formerly: StoredResult[];
}

function answerOf(entry: IncomingEntry, people: People, now: Date): EntryResult {
  const admitted = people.admitted.get(entry);
  const type = entry.resource.resourceType;
  if (!admitted) return { status: 202, type, id: null, version: 1, lastModified: now };
  const { person, outcome } = admitted;
  return {
    status: outcome === 'new' ? 201 : 200,
    type,
    id: person.id,
    version: person.version,
    lastModified: now,
  };
}
