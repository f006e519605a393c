import { Decimal } from 'decimal.js';
import {
  compareDecimals,
  exactly,
  type Facts,
  type Interval,
  type Measurement,
  type MeasuredFact,
} from '../../kernel/index.js';
import { evidenceOf } from '../../rules/domain/evidence.js';
import { printedLimit } from '../../rules/domain/own-limit.js';
import { strongestOf } from '../../rules/domain/rivals.js';
import { NOT_EVALUABLE, type Level, type Rule } from '../../rules/domain/rule.js';
import { FIRES } from '../../rules/domain/verdict.js';
import { type LeafEvidence, type ReadyLevel } from '../../rules/index.js';

/** A rule whose level is the least that a value proves. */
export interface ProvenAtLeast {
  ready: ReadyLevel;
  level: Level;
  rule: Rule;
  evidence: readonly LeafEvidence[];
}

/**
 * What values that are known within limits alone prove all the same: an HbA1c of `>8` is level 3 or 2, so at least 3.
 * Between two limits that the rules of an analyte know they say one thing; of all these parts the mildest counts.
 */
export function provenAtLeast(rules: readonly ReadyLevel[], facts: Facts): ProvenAtLeast[] {
  const proven: ProvenAtLeast[] = [];
  for (const [analyte, fact] of facts.others) {
    const { value } = fact.measurement;
    if (value?.kind !== 'number' || isOne(value.interval) || facts.rivals?.has(analyte)) continue;
    const about = rules.filter(({ analytes }) => analytes.has(analyte));
    const ready = mildestOf(about, facts, analyte, fact, value);
    if (!ready) continue;
    const { level } = ready.event;
    if (level !== NOT_EVALUABLE) proven.push({ ready, level, ...toldOf(ready.rule, facts) });
  }
  return proven;
}

function mildestOf(
  rules: readonly ReadyLevel[],
  facts: Facts,
  analyte: string,
  fact: MeasuredFact,
  value: Extract<Measurement['value'], { kind: 'number' }>,
): ReadyLevel | null {
  let mildest: ReadyLevel | null = null;
  for (const interval of partsOf(value.interval, limitsOf(rules, fact))) {
    const measurement = { ...fact.measurement, value: { ...value, interval } };
    const then = { ...facts, others: new Map(facts.others).set(analyte, { ...fact, measurement }) };
    const gravest = rules
      .filter((one) => levelOf(one) < LEAST && strongestOf(one, then).verdict === FIRES)
      .reduce<ReadyLevel | null>((a, b) => (a && levelOf(a) <= levelOf(b) ? a : b), null);
    if (!gravest) return null;
    if (!mildest || levelOf(gravest) > levelOf(mildest)) mildest = gravest;
  }
  return mildest;
}

const LEAST = 5;

function levelOf({ event: { level } }: ReadyLevel): number {
  return level === NOT_EVALUABLE ? LEAST : level;
}

/** Where rules of an analyte turn. */
function limitsOf(rules: readonly ReadyLevel[], { measurement }: MeasuredFact): string[] {
  const leaves = rules.flatMap(({ leaves }) => leaves.map(({ leaf }) => leaf));
  return leaves
    .filter(({ analytes }) => analytes.has(measurement.analyte))
    .flatMap(({ threshold }) => {
      if (threshold.kind === 'number') return [threshold.limit];
      if (threshold.kind !== 'own-limit') return [];
      const own = printedLimit(measurement, threshold.end);
      return own ? [new Decimal(own.limit).times(threshold.times).toFixed()] : [];
    });
}

/** The limits within a span, and the stretches between them. */
function partsOf({ low, high, lowOpen, highOpen }: Interval, limits: readonly string[]): Interval[] {
  const inner = [...new Set(limits)]
    .filter(
      (limit) =>
        (low === null || compareDecimals(limit, low) > 0) &&
        (high === null || compareDecimals(limit, high) < 0),
    )
    .sort(compareDecimals);
  const ends = [low, ...inner, high];
  const stretches = ends
    .slice(1)
    .map((end, i): Interval => ({ low: ends[i]!, high: end, lowOpen: true, highOpen: true }));
  const points = [
    ...(low !== null && !lowOpen ? [low] : []),
    ...inner,
    ...(high !== null && !highOpen ? [high] : []),
  ];
  return [...stretches, ...points.map(exactly)];
}

function isOne({ low, high }: Interval): boolean {
  return low !== null && low === high;
}

/** The rule with what speaks for it alone: the value may be beyond its other limit. */
function toldOf(rule: Rule, facts: Facts): { rule: Rule; evidence: LeafEvidence[] } {
  const evidence = rule.leaves
    .map((leaf) => evidenceOf(leaf, rule.kind, facts))
    .map((seen): LeafEvidence =>
      seen.truth === 'fires' ? seen : { ...seen, truth: 'silent', couldFire: false },
    );
  const { zh, en } = rule.title;
  return { rule: { ...rule, title: { zh: `${zh}，或更重`, en: `${en}, or graver` } }, evidence };
}
