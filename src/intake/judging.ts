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
import { type MeasuredFact, newId } from '../kernel/index.js';
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
import { factsOf } from './domain/facts-of.js';
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
    const { anchors, ...seen } = await this.surroundings.of(manager, work, rules);
    const isKnown = new Set(areNew ? results.map((result) => result.id) : []);
    const old = anchors.flatMap(({ id }) => (isKnown.has(id) ? [] : id));
    const existing = work.existing ?? (await this.findings.ofObservations(manager, old));
    const standing = byResult(existing);
    const added: Finding[] = [];
    const changed: Finding[] = [];
    const counted: DataQualityItem[] = [];
    for (const result of anchors) {
      const before = standing.get(result.id) ?? [];
      if (before.length === 0 && !isTouched(result, rules)) continue;
      const drafts = await this.drafts(rules, { result, person, ...seen }, counted);
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

  /** What a version of the rules says should stand for one result, and what it counts. */
  async drafts(rules: RulesVersion, seen: ResultSeen, counted: DataQualityItem[]): Promise<FindingDraft[]> {
    const { result, person } = seen;
    if (!isEvidence(result.status)) return [];
    if (isByHand(result)) return draftByHand(result, this.#whose(seen));
    // A result without person is seen alone: nobody knows whose the others are.
    const around = person
      ? seen
      : { ...seen, timeline: this.surroundings.timeline([result], rules, null, null) };
    const drafts: FindingDraft[] = [];
    for (const { fact, measurement } of anchorsIn(result, rules, around.timeline)) {
      if (!mayMatter(rules, fact.measurement)) continue;
      drafts.push(...(await this.draftsOf(rules, fact, measurement, around, counted)));
    }
    return derivedIn(result, rules).size > 0 ? onceARule(drafts) : drafts;
  }

  #whose({ result, person }: ResultSeen): { ageYears: number | null; hasPerson: boolean } {
    const ageYears = person ? ageInYears(person.birthDate, result.at, this.config.timeZone) : null;
    return { ageYears, hasPerson: person !== null };
  }

  private async draftsOf(
    rules: RulesVersion,
    anchor: MeasuredFact,
    measurement: StoredMeasurement,
    seen: ResultSeen,
    counted: DataQualityItem[],
  ): Promise<FindingDraft[]> {
    const { result, person } = seen;
    const { timeZone: zone } = this.config;
    const ageYears = person ? ageInYears(person.birthDate, result.at, zone) : null;
    const ageDays = person ? ageInDays(person.birthDate, result.at, zone) : null;
    const lookup = rules.lookups.of.get(anchor.measurement.analyte);
    const judging = judge(rules, factsOf(anchor, { ...seen, ageYears, ageDays, zone }, lookup));
    const outcomes = judging instanceof Promise ? await judging : judging;
    if (outcomes.length === 0) return [];
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
    return draftFindings(outcomes, judged, rules.policy, rules.sentence);
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

function byResult(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = groups.get(finding.observationId);
    if (known) known.push(finding);
    else groups.set(finding.observationId, [finding]);
  }
  return groups;
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
