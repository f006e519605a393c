import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  dispose,
  draftFindings,
  type Finding,
  type FindingDraft,
  FindingRepository,
  settleFindings,
  type Settling,
} from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { groupBy, type MeasuredFact, newId } from '../kernel/index.js';
import {
  ageInDays,
  ageInYears,
  type DataQualityItem,
  DataQualityRepository,
  isEvidence,
  isPreliminary,
  type KnownPerson,
  type ListedItem,
  type StoredMeasurement,
  type StoredResult,
} from '../people/index.js';
import { judge, mayMatter, type Outcome, type RulesVersion } from '../rules/index.js';
import { type TaskSubject } from '../tasks/index.js';
import { draftByHand, isByHand } from './domain/by-hand.js';
import { factsOf, type FactSources } from './domain/facts-of.js';
import { anchorsIn, derivedIn, onceARule } from './domain/anchors.js';
import { type Seen, Surroundings, type ToBeJudged } from './surroundings.js';

/** What judging works on: results of one person (or of nobody yet), and whether findings may exist for them already. */
export interface JudgingWork extends ToBeJudged {
  areNew: boolean;
  /** One for the whole message: a reload in the middle of it changes nothing of it. */
  rules: RulesVersion;
  /** Nothing but the rules has changed since the results were judged. */
  isByRulesAlone?: boolean;
  /** What was made of these results before, and stands on the list of data quality, where that has been read. */
  existing?: readonly Finding[];
  listed?: readonly ListedItem[];
}

/** What judging has changed. */
export interface JudgingOutcome {
  made: number;
  changed: number;
  retracted: number;
  /** The findings that were made, and the others that were written. */
  added: readonly Finding[];
  others: readonly Finding[];
  /** What the rules count, known before or not. */
  counted: readonly DataQualityItem[];
}

/** One result, whose it is, and what is seen with it. */
export interface ResultSeen extends Pick<Seen, 'timeline' | 'records'> {
  result: StoredResult;
  person: KnownPerson | null;
}

/** Everything that is stored of a person, or one result that waits for theirs. */
export interface AllOfOne extends Pick<Seen, 'records'> {
  person: KnownPerson | null;
  results: readonly StoredResult[];
}

/** What should stand for one result. */
export interface ExpectedFinding {
  observationId: string;
  draft: FindingDraft;
}

/** What the rules say of one value that is judged with a result. */
interface Said {
  anchor: MeasuredFact;
  measurement: StoredMeasurement;
  outcomes: ReturnType<typeof judge>;
  ageYears: number | null;
}

const NO_DRAFTS: readonly FindingDraft[] = [];

/** Whose findings are not what they were, by id. */
export type Touched = Map<string, TaskSubject>;

/** Fourth step: the rules on what changed; findings are made, changed or retracted. */
@Injectable()
export class Judging {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly surroundings: Surroundings,
    private readonly findings: FindingRepository,
    private readonly quality: DataQualityRepository,
  ) {}

  /** @param touched is told whose findings are not what they were */
  async judge(
    manager: EntityManager,
    work: JudgingWork,
    touched: Touched,
    now: Date,
  ): Promise<JudgingOutcome> {
    const { person, results, areNew, rules, isByRulesAlone = false } = work;
    const { anchors, timeline, records } = await this.surroundings.of(manager, work, rules);
    const old = anchors.slice(areNew ? results.length : 0).map(({ id }) => id);
    const existing = work.existing ?? (await this.findings.ofObservations(manager, old));
    const standing = groupBy(existing, ({ observationId }) => observationId);
    const added: Finding[] = [];
    const changed: Finding[] = [];
    const counted: DataQualityItem[] = [];
    for (const result of anchors) {
      const before = standing.get(result.id) ?? [];
      if (before.length === 0 && !isTouched(result, rules)) continue;
      const made = this.drafts(rules, { result, person, timeline, records }, counted);
      const drafts = made instanceof Promise ? await made : made;
      if (drafts.length === 0 && before.length === 0) continue;
      const settled = settleFindings(result.id, before, drafts, {
        ...this.settling(rules, person, now),
        personId: result.personId,
        isByRulesAlone,
      });
      added.push(...settled.added);
      changed.push(...settled.changed);
      if (settled.added.length + settled.changed.length === 0) continue;
      for (const personId of [result.personId, ...before.map((finding) => finding.personId)]) {
        touched.set(personId ?? result.id, personId ? { personId } : { observationId: result.id });
      }
    }
    const isChanged = new Set(changed.map(({ id }) => id));
    await this.findings.keepEarlier(
      manager,
      existing.filter(({ id }) => isChanged.has(id)),
      now,
    );
    for (const finding of changed) await this.findings.update(manager, finding);
    await this.findings.insert(manager, added);
    await this.quality.insertMissing(manager, counted, now, work.listed);
    const retracted = changed.filter(({ status }) => status === 'retracted').length;
    const counts = { made: added.length, changed: changed.length - retracted, retracted };
    return { ...counts, added, others: changed, counted };
  }

  /** How a version of the rules settles what stands of a person (or of nobody yet). */
  settling(rules: RulesVersion, person: KnownPerson | null, now: Date): Settling {
    return {
      now,
      personId: person?.id ?? null,
      ruleSetVersion: rules.version,
      newId,
      dispose: (draft, identifiedAt) => this.dispose(rules, draft, person, identifiedAt),
    };
  }

  /** What a version of the rules says should stand for all results of a person; changes nothing. */
  async expected(rules: RulesVersion, { person, results, records }: AllOfOne): Promise<ExpectedFinding[]> {
    const seen = { person, timeline: this.surroundings.timeline(results, rules, person, records), records };
    const expected: ExpectedFinding[] = [];
    for (const result of results) {
      if (!isTouched(result, rules)) continue;
      const drafts = await this.drafts(rules, { result, ...seen }, []);
      for (const draft of drafts) expected.push({ observationId: result.id, draft });
    }
    return expected;
  }

  /**
   * What a version of the rules says should stand for one result, and what it counts.
   * @returns at once where every rule is silent, as of nearly every result
   */
  drafts(
    rules: RulesVersion,
    seen: ResultSeen,
    counted: DataQualityItem[],
  ): readonly FindingDraft[] | Promise<readonly FindingDraft[]> {
    const { result, person } = seen;
    if (!isEvidence(result.status)) return NO_DRAFTS;
    if (isByHand(result)) return draftByHand(result, { ...this.#agesAt(seen), hasPerson: person !== null });
    // A result without person is seen alone: nobody knows whose the others are.
    const around = person
      ? seen
      : { ...seen, timeline: this.surroundings.timeline([result], rules, null, null) };
    const said = this.#said(rules, around);
    return said.length === 0 ? NO_DRAFTS : this.#draftsOf(rules, said, around, counted);
  }

  #agesAt({ result, person }: ResultSeen): Pick<FactSources, 'ageYears' | 'ageDays'> {
    const { timeZone } = this.config;
    return {
      ageYears: person ? ageInYears(person.birthDate, result.at, timeZone) : null,
      ageDays: person ? ageInDays(person.birthDate, result.at, timeZone) : null,
    };
  }

  /** Of each value that is judged with the result what the rules say; where all are silent, nothing. */
  #said(rules: RulesVersion, seen: ResultSeen): Said[] {
    const said: Said[] = [];
    const { result, person, timeline, records } = seen;
    const { ageYears, ageDays } = this.#agesAt(seen);
    const sources = { result, person, timeline, records, ageYears, ageDays, zone: this.config.timeZone };
    for (const { fact, measurement } of anchorsIn(result, rules, timeline)) {
      if (!mayMatter(rules, fact.measurement)) continue;
      const lookup = rules.lookups.of.get(fact.measurement.analyte);
      const outcomes = judge(rules, factsOf(fact, sources, lookup));
      if (outcomes instanceof Promise || outcomes.length > 0)
        said.push({ anchor: fact, measurement, outcomes, ageYears });
    }
    return said;
  }

  async #draftsOf(
    rules: RulesVersion,
    said: readonly Said[],
    { result, person }: ResultSeen,
    counted: DataQualityItem[],
  ): Promise<FindingDraft[]> {
    const drafts: FindingDraft[] = [];
    const told = await Promise.all(said.map((one) => Promise.resolve(one.outcomes)));
    for (const [i, { anchor, measurement, ageYears }] of said.entries()) {
      const outcomes = told[i]!;
      counted.push(...countedBy(outcomes, result, measurement));
      // Without a person nobody can be rung: what would fire for anyone goes to review.
      const judged = {
        anchor,
        resourceType: result.resourceType,
        version: result.version,
        isPreliminary: isPreliminary(result.status) || isFromPreliminary(anchor),
        freshFrom: measurement.freshFrom,
        isHistory: measurement.isHistory ?? false,
        ageYears,
        hasPerson: person !== null,
      };
      drafts.push(...draftFindings(outcomes, judged, rules.policy, rules.sentence));
    }
    return derivedIn(result, rules).size > 0 ? onceARule(drafts) : drafts;
  }

  /** Whom a finding made at `identifiedAt` goes to. */
  dispose(
    { policy }: RulesVersion,
    draft: FindingDraft,
    person: KnownPerson | null,
    identifiedAt: Date,
  ): ReturnType<typeof dispose> {
    const { isGrave, isHistory, freshFrom, ageYears } = draft.evidence;
    return dispose(
      {
        kind: draft.kind,
        urgency: draft.urgency,
        isGrave,
        isHistory,
        freshFrom: new Date(freshFrom),
        identifiedAt,
        person: person && { ...person, ageYears },
      },
      policy,
    );
  }
}

/** What is computed from a preliminary result is preliminary. */
function isFromPreliminary({ from = [] }: MeasuredFact): boolean {
  return from.some(({ source }) => isPreliminary(source.status));
}

/** Whether any rule may have something to say of what was measured, or looks at what is derived from it. */
function isTouched(result: StoredResult, rules: RulesVersion): boolean {
  if (isByHand(result)) return true;
  return result.measurements.some(
    (measurement) =>
      mayMatter(rules, measurement) ||
      (measurement.value !== null && rules.derivedFrom.has(measurement.analyte ?? '')),
  );
}

function countedBy(
  outcomes: readonly Outcome[],
  result: StoredResult,
  { component, asSent }: StoredMeasurement,
): DataQualityItem[] {
  return outcomes.flatMap(({ rule, truth }) =>
    rule.event.type === 'count' && truth === 'fires'
      ? {
          reason: rule.event.reason,
          detail: asSent,
          personId: result.personId,
          observationId: result.id,
          component,
        }
      : [],
  );
}
