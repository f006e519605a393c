import { DateTime } from 'luxon';
import { type Finding, settleFindings } from '../assessment/index.js';
import { type AllOfOne, type ExpectedFinding, type Judging, type Levelling } from '../intake/index.js';
import { type KnownPerson, type StoredResult } from '../people/index.js';
import { dueTime } from '../policy/index.js';
import { type RulesVersion } from '../rules/index.js';
import { hush, isSilencedBy, type Silence } from '../tasks/index.js';
import {
  type DailyLoad,
  type DayOfTasks,
  type Kind,
  TaskCalendar,
  type Version,
} from './domain/calls-per-day.js';
import { type Change, compareJudgings } from './domain/compare-judgings.js';
import { type LevelChange, levelChange, LevelMoves, type LevelTally } from './domain/level-moves.js';
import { type PeopleTally, ReplayTally, type RuleTally } from './domain/replay-tally.js';
import { type Asking, ringsAt, simulateTasks } from './domain/simulate-tasks.js';
import { addPublishing, nothingYet, type UponPublishing } from './domain/upon-publishing.js';

/** What one person would gain, lose or have otherwise. Ids only. */
export interface PersonChanges {
  /** Null: a result that waits for its person. */
  person: string | null;
  changes: Change[];
  /** Null: they stay at their level. */
  level: LevelChange | null;
}

export interface ReplayRequest {
  inForce: RulesVersion;
  draft: RulesVersion;
  /** Only results of this time or later are judged; what they are compared with may be older. */
  since: Date | null;
  /** Told of everybody whom the draft touches, as they are found. */
  changed?: (changes: PersonChanges) => void;
  /** Told how many people are done with. */
  advance?: (people: number) => void;
  /** Called between two people; who waits in it lets others work, and what it throws ends the replay. */
  rest?: () => Promise<void>;
}

export interface Replay {
  people: PeopleTally;
  /** Results that wait for their person. */
  waiting: number;
  rules: RuleTally[];
  levels: LevelTally;
  /** Had every result come live at its own time. */
  past: {
    from: string | null;
    to: string | null;
    /** Days on which results were released. */
    days: number;
    calls: Record<Version, DailyLoad>;
    reviews: Record<Version, DailyLoad>;
    /** Findings that would have asked for a call, and are silenced for their person to this day. */
    silenced: Record<Version, number>;
  };
  publishing: UponPublishing;
  perDay: DayOfTasks[];
}

/** One replay: what it adds up. */
export class ReplayRun {
  readonly #tally = new ReplayTally();
  readonly #levels = new LevelMoves();
  readonly #calendar = new TaskCalendar();
  readonly #publishing = nothingYet();
  readonly #silenced: Record<Version, number> = { inForce: 0, draft: 0 };

  constructor(
    private readonly request: ReplayRequest,
    private readonly judging: Judging,
    private readonly levelling: Levelling,
    private readonly zone: string,
    private readonly now: Date,
  ) {}

  get result(): Replay {
    const days = this.#calendar.days;
    const load = (kind: Kind): Record<Version, DailyLoad> => ({
      inForce: this.#calendar.load('inForce', kind),
      draft: this.#calendar.load('draft', kind),
    });
    return {
      people: this.#tally.people,
      waiting: this.#tally.waiting,
      rules: this.#tally.rules,
      levels: this.#levels.tally,
      past: {
        from: days[0]?.day ?? null,
        to: days.at(-1)?.day ?? null,
        days: days.length,
        calls: load('calls'),
        reviews: load('reviews'),
        silenced: { ...this.#silenced },
      },
      publishing: this.#publishing,
      perDay: days,
    };
  }

  /** A person with everything of theirs and what is silenced for them, or a result that waits for its person. */
  async judge(all: AllOfOne, findings: readonly Finding[], silences: readonly Silence[] = []): Promise<void> {
    const { person, results } = all;
    const { inForce, draft, since, changed } = this.request;
    const isAsked = new Set(results.flatMap(({ id, at }) => (since === null || at >= since ? id : [])));
    const ofAsked = (expected: readonly ExpectedFinding[]): ExpectedFinding[] =>
      expected.filter(({ observationId }) => isAsked.has(observationId));
    const wouldStand = await this.judging.expected(draft, all);
    const stands = await this.judging.expected(inForce, all);
    const [before, after] = [ofAsked(stands), ofAsked(wouldStand)];
    const changes = compareJudgings(before, after);
    this.#tally.add(before, after, changes, person !== null);
    // Whoever was not examined since the day that is asked for is left out here too; a level itself looks at everything.
    const level = since === null || isAsked.size > 0 ? this.#level(all, stands, wouldStand) : null;
    if (changes.length > 0 || level) changed?.({ person: person?.id ?? null, changes, level });
    this.#publish(person, results, findings, wouldStand, silences);
    if (person === null) return;
    for (const { id, at, issued } of results)
      if (isAsked.has(id)) this.#calendar.released(this.#day(issued ?? at));
    this.#simulate('inForce', inForce, person, before, silences);
    this.#simulate('draft', draft, person, after, silences);
  }

  /** The level that each version gives to a person, by the findings that would stand under it. */
  #level(
    { person, results, records }: AllOfOne,
    stands: readonly ExpectedFinding[],
    wouldStand: readonly ExpectedFinding[],
  ): LevelChange | null {
    if (person === null) return null;
    const levelBy = (rules: RulesVersion, standing: readonly ExpectedFinding[]) => {
      const findings = standing.map(({ observationId, draft }) => ({ ...draft, observationId }));
      return this.levelling.expected(rules, { person, results, records, findings });
    };
    const { inForce, draft } = this.request;
    const [from, to] = [levelBy(inForce, stands), levelBy(draft, wouldStand)];
    this.#levels.add(from, to);
    return levelChange(from, to);
  }

  /** What the job that follows a change of rules would do to them now. */
  #publish(
    person: KnownPerson | null,
    results: readonly StoredResult[],
    findings: readonly Finding[],
    wouldStand: readonly ExpectedFinding[],
    silences: readonly Silence[],
  ): void {
    if (findings.length + wouldStand.length === 0) return;
    const settling = {
      ...this.judging.settling(this.request.draft, person, this.now),
      isByRulesAlone: true,
    };
    const settled: { added: Finding[]; changed: Finding[] } = { added: [], changed: [] };
    for (const { id } of results) {
      const known = findings.filter(({ observationId }) => observationId === id);
      const drafts = wouldStand.flatMap(({ observationId, draft }) => (observationId === id ? draft : []));
      const { added, changed } = settleFindings(id, known, drafts, settling);
      settled.added.push(...added);
      settled.changed.push(...changed);
    }
    const { inForce, draft } = this.request;
    const policyOf = ({ ruleSetVersion }: Finding) =>
      ruleSetVersion === draft.version ? draft.policy : inForce.policy;
    addPublishing(this.#publishing, findings, settled, (all) => hush(all, silences, policyOf));
  }

  /** Had they been alive to be called, and every result live, each at the time of its release. */
  #simulate(
    version: Version,
    rules: RulesVersion,
    person: KnownPerson,
    standing: readonly ExpectedFinding[],
    silences: readonly Silence[],
  ): void {
    const asking: Record<Kind, Asking[]> = { calls: [], reviews: [] };
    for (const { draft } of standing) {
      const at = new Date(draft.evidence.freshFrom);
      const live = { ...draft, evidence: { ...draft.evidence, isHistory: false } };
      const own = silences.filter((silence) => isSilencedBy(draft, silence));
      const over = own.map(({ madeAt, until, endedAt }) => ({ from: madeAt, until: endedAt ?? until }));
      const rings = ringsAt(at, over, this.now);
      const { disposition } = this.judging.dispose(
        rules,
        live,
        { ...person, isDeceased: false },
        rings ?? at,
      );
      if (disposition === 'none') continue;
      if (rings === null) this.#silenced[version]++;
      else asking[disposition === 'call' ? 'calls' : 'reviews'].push({ at: rings, urgency: draft.urgency });
    }
    for (const kind of ['calls', 'reviews'] as const) {
      const opened = simulateTasks(asking[kind], (urgency, from) =>
        dueTime(rules.policy, urgency, from, this.zone),
      );
      for (const at of opened) this.#calendar.opened(version, kind, this.#day(at));
    }
  }

  #day(at: Date): string {
    return DateTime.fromJSDate(at, { zone: this.zone }).toISODate() ?? '';
  }
}
