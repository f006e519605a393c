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
import { type Facts, type MeasuredFact, newId, NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import {
  ageInYears,
  type DataQualityItem,
  DataQualityRepository,
  isEvidence,
  isPreliminary,
  type KnownPerson,
  ObservationRepository,
  type StoredMeasurement,
  type StoredResult,
} from '../people/index.js';
import { judge, otherAnalytes, type Outcome, type RulesVersion } from '../rules/index.js';
import { type TaskSubject } from '../tasks/index.js';

/** What judging works on: results of one person (or of nobody yet), and whether findings may exist for them already. */
export interface JudgingWork {
  person: KnownPerson | null;
  results: readonly StoredResult[];
  areNew: boolean;
  /** One for the whole message: a reload in the middle of it changes nothing of it. */
  rules: RulesVersion;
  /** Nothing but the rules has changed since the results were judged. */
  isByRulesAlone?: boolean;
}

/** What judging has changed. */
export interface JudgingOutcome {
  made: number;
  changed: number;
  retracted: number;
  /** What the rules count, known before or not. */
  counted: readonly DataQualityItem[];
}

/** One result, whose it is, and the results that it is seen among. */
export interface ResultInTime {
  result: StoredResult;
  person: KnownPerson | null;
  timeline: readonly StoredResult[];
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
    private readonly observations: ObservationRepository,
    private readonly findings: FindingRepository,
    private readonly quality: DataQualityRepository,
  ) {}

  /** @param touched is told whose findings are not what they were */
  async judge(
    manager: EntityManager,
    { person, results, areNew, rules, isByRulesAlone = false }: JudgingWork,
    touched: Touched,
    now: Date,
  ): Promise<JudgingOutcome> {
    const { anchors, timeline } = await this.anchorsOf(manager, person, results, rules);
    const isKnown = new Set(areNew ? results.map((result) => result.id) : []);
    const existing = await this.findings.ofObservations(
      manager,
      anchors.flatMap(({ id }) => (isKnown.has(id) ? [] : id)),
    );
    const added: Finding[] = [];
    const changed: Finding[] = [];
    const counted: DataQualityItem[] = [];
    for (const result of anchors) {
      if (existing.length === 0 && !isTouched(result, rules)) continue;
      const drafts = await this.drafts(rules, { result, person, timeline }, counted);
      const before = existing.filter((finding) => finding.observationId === result.id);
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
    for (const finding of changed) await this.findings.update(manager, finding);
    await this.findings.insert(manager, added);
    await this.quality.insertMissing(manager, counted, now);
    const retracted = changed.filter(({ status }) => status === 'retracted').length;
    return { made: added.length, changed: changed.length - retracted, retracted, counted };
  }

  /** Only what changed is judged; and, where rules look at several analytes, the later results that see it. */
  private async anchorsOf(
    manager: EntityManager,
    person: KnownPerson | null,
    results: readonly StoredResult[],
    rules: RulesVersion,
  ): Promise<{ anchors: StoredResult[]; timeline: readonly StoredResult[] }> {
    const related = new Set<string>();
    for (const result of results) {
      for (const { analyte } of result.measurements) {
        if (!analyte) continue;
        const others = otherAnalytes(rules, analyte);
        if (others.size > 0) [analyte, ...others].forEach((one) => related.add(one));
      }
    }
    if (related.size === 0 || !person) return { anchors: [...results], timeline: results };
    const stored = await this.observations.ofPerson(manager, person.id, [...related]);
    const isChanged = new Set(results.map((result) => result.id));
    const earliest = Math.min(...results.map((result) => result.at.getTime()));
    const later = stored.filter((result) => !isChanged.has(result.id) && result.at.getTime() >= earliest);
    const timeline = [...results, ...stored.filter((result) => !isChanged.has(result.id))];
    return { anchors: [...results, ...later], timeline };
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
  async expected(
    rules: RulesVersion,
    person: KnownPerson | null,
    results: readonly StoredResult[],
  ): Promise<ExpectedFinding[]> {
    const expected: ExpectedFinding[] = [];
    for (const result of results) {
      if (!isTouched(result, rules)) continue;
      const drafts = await this.drafts(rules, { result, person, timeline: results }, []);
      for (const draft of drafts) expected.push({ observationId: result.id, draft });
    }
    return expected;
  }

  /** What a version of the rules says should stand for one result, and what it counts. */
  async drafts(
    rules: RulesVersion,
    { result, person, timeline }: ResultInTime,
    counted: DataQualityItem[],
  ): Promise<FindingDraft[]> {
    if (!isEvidence(result.status)) return [];
    const drafts: FindingDraft[] = [];
    for (const measurement of result.measurements) {
      const { analyte } = measurement;
      if (!analyte || !measurement.value || !rules.byAnalyte.has(analyte)) continue;
      const anchor = toFact(result, measurement, analyte);
      const ageYears = person ? ageInYears(person.birthDate, result.at, this.config.timeZone) : null;
      const others = othersOf(rules, analyte, result, timeline);
      const facts: Facts = {
        person: { ...UNKNOWN_PERSON, sex: person?.sex ?? null, ageYears },
        anchor,
        others,
        earlier: NOTHING_EARLIER,
        zone: this.config.timeZone,
      };
      const outcomes = await judge(rules, facts);
      counted.push(...countedBy(outcomes, result, measurement));
      // Without a person nobody can be rung: what would fire for anyone goes to review.
      const judged = {
        anchor,
        resourceType: result.resourceType,
        version: result.version,
        isPreliminary: isPreliminary(result.status),
        freshFrom: measurement.freshFrom,
        isHistory: measurement.isHistory ?? false,
        ageYears,
        hasPerson: person !== null,
      };
      drafts.push(...draftFindings(outcomes, judged, rules.policy, rules.sentence));
    }
    return drafts;
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

/** Whether any rule looks at what was measured. */
function isTouched({ measurements }: StoredResult, { byAnalyte }: RulesVersion): boolean {
  return measurements.some(
    ({ analyte, value }) => analyte !== null && value !== null && byAnalyte.has(analyte),
  );
}

/** For every other analyte the latest valid result up to the anchor's instant, whatever the order of arrival. */
function othersOf(
  rules: RulesVersion,
  analyte: string,
  anchor: StoredResult,
  timeline: readonly StoredResult[],
): Map<string, MeasuredFact> {
  const wanted = otherAnalytes(rules, analyte);
  const others = new Map<string, MeasuredFact>();
  const orders = new Map<string, string>();
  if (wanted.size === 0) return others;
  for (const result of timeline) {
    if (!isEvidence(result.status) || isAfter(result, anchor)) continue;
    for (const measurement of result.measurements) {
      if (!measurement.analyte || !measurement.value || !wanted.has(measurement.analyte)) continue;
      const order = `${result.at.toISOString()} ${result.identityKey}`;
      if (order <= (orders.get(measurement.analyte) ?? '')) continue;
      orders.set(measurement.analyte, order);
      others.set(measurement.analyte, toFact(result, measurement, measurement.analyte));
    }
  }
  return others;
}

function toFact(result: StoredResult, measurement: StoredMeasurement, analyte: string): MeasuredFact {
  return {
    measurement: { ...measurement, analyte },
    source: {
      observationId: result.id,
      component: measurement.component,
      at: result.at.toISOString(),
      status: result.status,
    },
  };
}

/** Results of one instant are ordered by identity, so that exactly one of them sees the others. */
function isAfter(result: StoredResult, anchor: StoredResult): boolean {
  return (
    result.at.getTime() - anchor.at.getTime() > 0 ||
    (result.at.getTime() === anchor.at.getTime() && result.identityKey > anchor.identityKey)
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
