import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager } from 'typeorm';
import {
  dispose,
  draftFindings,
  type Finding,
  type FindingDraft,
  FindingRepository,
  settleFindings,
} from '../assessment/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { type Facts, type MeasuredFact, newId, NOTHING_EARLIER, UNKNOWN_PERSON } from '../kernel/index.js';
import {
  ageInDays,
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
import { PolicyService } from '../policy/index.js';
import { judge, otherAnalytes, type Outcome, RulesService } from '../rules/index.js';
import { type TaskSubject } from '../tasks/index.js';

/** What judging works on: results of one person (or of nobody yet), and whether findings may exist for them already. */
export interface JudgingWork {
  person: KnownPerson | null;
  results: readonly StoredResult[];
  areNew: boolean;
}

/** Whose findings are not what they were, by id. */
export type Touched = Map<string, TaskSubject>;

/** Fourth step: the rules on what changed; findings are made, changed or retracted. */
@Injectable()
export class Judging {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly policies: PolicyService,
    private readonly observations: ObservationRepository,
    private readonly findings: FindingRepository,
    private readonly quality: DataQualityRepository,
  ) {}

  /** @param touched is told whose findings are not what they were */
  async judge(
    manager: EntityManager,
    { person, results, areNew }: JudgingWork,
    touched: Touched,
    now: Date,
  ): Promise<void> {
    const { anchors, timeline } = await this.anchorsOf(manager, person, results);
    const isKnown = new Set(areNew ? results.map((result) => result.id) : []);
    const existing = await this.findings.ofObservations(
      manager,
      anchors.flatMap(({ id }) => (isKnown.has(id) ? [] : id)),
    );
    const added: Finding[] = [];
    const counted: DataQualityItem[] = [];
    for (const result of anchors) {
      if (existing.length === 0 && !this.isTouched(result)) continue;
      const drafts = await this.drafts(result, person, timeline, counted);
      const before = existing.filter((finding) => finding.observationId === result.id);
      if (drafts.length === 0 && before.length === 0) continue;
      const settled = settleFindings(result.id, before, drafts, {
        now,
        personId: result.personId,
        ruleSetVersion: this.rules.current.version,
        newId,
        dispose: (draft, identifiedAt) => this.dispose(draft, person, identifiedAt),
      });
      added.push(...settled.added);
      for (const finding of settled.changed) await this.findings.update(manager, finding);
      if (settled.added.length + settled.changed.length === 0) continue;
      for (const personId of [result.personId, ...before.map((finding) => finding.personId)]) {
        touched.set(personId ?? result.id, personId ? { personId } : { observationId: result.id });
      }
    }
    await this.findings.insert(manager, added);
    await this.quality.insertMissing(manager, counted, now);
  }

  /** Whether any rule looks at what was measured. */
  private isTouched({ measurements }: StoredResult): boolean {
    const { byAnalyte } = this.rules.current;
    return measurements.some(
      ({ analyte, value }) => analyte !== null && value !== null && byAnalyte.has(analyte),
    );
  }

  /** Only what changed is judged; and, where rules look at several analytes, the later results that see it. */
  private async anchorsOf(
    manager: EntityManager,
    person: KnownPerson | null,
    results: readonly StoredResult[],
  ): Promise<{ anchors: StoredResult[]; timeline: readonly StoredResult[] }> {
    const ruleSet = this.rules.current;
    const related = new Set<string>();
    for (const result of results) {
      for (const { analyte } of result.measurements) {
        if (!analyte) continue;
        const others = otherAnalytes(ruleSet, analyte);
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

  /** What the rules say should stand for one result, and what they count. */
  async drafts(
    result: StoredResult,
    person: KnownPerson | null,
    timeline: readonly StoredResult[],
    counted: DataQualityItem[],
  ): Promise<FindingDraft[]> {
    if (!isEvidence(result.status)) return [];
    const drafts: FindingDraft[] = [];
    const ruleSet = this.rules.current;
    for (const measurement of result.measurements) {
      const { analyte } = measurement;
      if (!analyte || !measurement.value || !ruleSet.byAnalyte.has(analyte)) continue;
      const anchor = toFact(result, measurement, analyte);
      const ageYears = person ? ageInYears(person.birthDate, result.at, this.config.timeZone) : null;
      const others = this.others(analyte, result, timeline);
      const ageDays = person ? ageInDays(person.birthDate, result.at, this.config.timeZone) : null;
      const facts: Facts = {
        person: { ...UNKNOWN_PERSON, sex: person?.sex ?? null, ageYears, ageDays },
        anchor,
        others,
        earlier: NOTHING_EARLIER,
        zone: this.config.timeZone,
      };
      const outcomes = await judge(ruleSet, facts);
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
      drafts.push(
        ...draftFindings(outcomes, judged, this.policies.current, (outcome) => this.rules.sentence(outcome)),
      );
    }
    return drafts;
  }

  /** For every other analyte the latest valid result up to the anchor's instant, whatever the order of arrival. */
  private others(
    analyte: string,
    anchor: StoredResult,
    timeline: readonly StoredResult[],
  ): Map<string, MeasuredFact> {
    const wanted = otherAnalytes(this.rules.current, analyte);
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

  /** Whom a finding made at `identifiedAt` goes to. */
  dispose(draft: FindingDraft, person: KnownPerson | null, identifiedAt: Date): ReturnType<typeof dispose> {
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
      this.policies.current,
    );
  }
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
