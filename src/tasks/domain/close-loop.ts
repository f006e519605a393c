import { Decimal } from 'decimal.js';
import { type Finding } from '../../assessment/domain/finding.js';
import { type Measurement } from '../../kernel/index.js';
import { compareUrgency } from '../../policy/domain/policy.js';

/** What is known of a told finding's outcome once a later result is judged. */
export interface LaterResult {
  id: string;
  at: Date;
  measurements: readonly Pick<Measurement, 'analyte' | 'value'>[];
  /** The findings that stand on it. */
  findings: readonly Finding[];
}

/** `normal`: nothing stands on the later result; `persists`: the same still does; `worse`: it does, and is graver. */
export type JudgedOutcome = 'normal' | 'persists' | 'worse';

/** The analytes that a finding was told by: a value of one of them, taken later, is its recheck. */
export function analytesOf({ evidence }: Pick<Finding, 'evidence'>): string[] {
  return [
    ...new Set(
      evidence.leaves.flatMap(({ analyte, truth }) => (analyte && truth === 'fires' ? analyte : [])),
    ),
  ];
}

/**
 * What a later result says of a told finding; null when it is no recheck of it. Only values close a loop: that another
 * conclusion in words is about the same thing is for people to say.
 */
export function outcomeOf(told: Finding, later: LaterResult): JudgedOutcome | null {
  if (later.id === told.observationId || later.at <= new Date(told.evidence.at)) return null;
  const analytes = new Set(analytesOf(told));
  const isRecheck = later.measurements.some(
    ({ analyte, value }) =>
      analyte !== null && analytes.has(analyte) && (value?.kind === 'number' || value?.kind === 'ordinal'),
  );
  if (!isRecheck) return null;
  const standing = later.findings.filter(
    (one) => one.status !== 'retracted' && analytesOf(one).some((analyte) => analytes.has(analyte)),
  );
  if (standing.length === 0) return 'normal';
  return standing.some((one) => isWorse(one, told)) ? 'worse' : 'persists';
}

/** Graver, or the same rule with a value further beyond its limit. */
function isWorse(now: Finding, told: Finding): boolean {
  const graver = compareUrgency(now.urgency, told.urgency);
  if (graver !== 0) return graver < 0;
  if (now.ruleId !== told.ruleId) return false;
  return now.evidence.leaves.some((leaf) => {
    const before = told.evidence.leaves.find(
      ({ fact, operator }) => fact === leaf.fact && operator === leaf.operator,
    );
    const [a, b] = [numberOf(leaf.converted), numberOf(before?.converted ?? null)];
    if (a === null || b === null) return false;
    if (leaf.operator.startsWith('lessThan')) return a.lessThan(b);
    return leaf.operator.startsWith('greaterThan') && a.greaterThan(b);
  });
}

/** The digits of `6.8 mmol/L`; null of an interval, grade or word. */
function numberOf(text: string | null): Decimal | null {
  const match = /^(\d+(?:\.\d+)?)(?:\s|$)/.exec(text ?? '');
  return match ? new Decimal(match[1]!) : null;
}
