import { type MeasuredFact, type MeasuredValue } from '../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Reach, reach, reachAgainst, reachOfMicroscopy } from './compare.js';
import { reachOfOwnLimit } from './own-limit.js';
import { type Threshold } from './threshold.js';
import { readMeasuredText } from './text/read-measured-text.js';
import { CANNOT, COULD, FIRES, MISSING, SILENT, type Verdict } from './verdict.js';

const EITHER = CAN_MEET | CAN_MISS;

/** What a value is compared with, and whether under a `not`. */
export interface Test {
  threshold: Threshold;
  negated: boolean;
}

/** What a condition says of one value, as it stands, its `not` included; time and person are looked at elsewhere. */
export function verdictOn({ threshold, negated }: Test, { measurement }: MeasuredFact): Verdict {
  const { value } = measurement;
  if (threshold.kind === 'own-limit') {
    const reached = reachOfOwnLimit(measurement, threshold);
    return reached === null ? MISSING : verdictOf(reached, isCertain(value), negated);
  }
  return value === null ? MISSING : verdictOf(reachOfValue(value, threshold), isCertain(value), negated);
}

/** The same made ready for many values: nearly all conditions hold a number against a limit. */
export function compileTest(test: Test): (fact: MeasuredFact) => Verdict {
  const { threshold, negated } = test;
  if (threshold.kind !== 'number') return (fact) => verdictOn(test, fact);
  const reached = reachAgainst(threshold.comparison, threshold.limit);
  return (fact) => {
    const { value } = fact.measurement;
    return value?.kind === 'number' ? verdictOf(reached(value.interval), true, negated) : verdictOn(test, fact);
  };
}

export function isCertain(value: MeasuredValue | null): boolean {
  return value?.kind !== 'unit-unknown' && value?.kind !== 'implausible';
}

export function verdictOf(reached: Reach, certain: boolean, negated: boolean): Verdict {
  const canMeet = (reached & (negated ? CAN_MISS : CAN_MEET)) !== 0;
  const canMiss = (reached & (negated ? CAN_MEET : CAN_MISS)) !== 0;
  if (!certain) return canMeet ? COULD : CANNOT;
  if (canMeet) return canMiss ? COULD : FIRES;
  return SILENT;
}

/** A value of a kind that the condition was not made for is there, but cannot be judged: it can be either. */
function reachOfValue(value: MeasuredValue, threshold: Threshold): Reach {
  switch (value.kind) {
    case 'number':
    case 'implausible':
      return reachOfNumber(value.interval, threshold);
    case 'unit-unknown':
      if (value.readings.length === 0) return EITHER;
      return value.readings.reduce((reached, reading) => reached | reachOfNumber(reading, threshold), 0);
    case 'ordinal':
      if (threshold.kind === 'ordinal') return reach(threshold.comparison, value.interval, threshold.limit);
      if (threshold.kind === 'microscopy') {
        return reach('greaterThanInclusive', value.interval, threshold.grade);
      }
      return EITHER;
    case 'category':
      if (threshold.kind === 'text') return threshold.categories.has(value.category) ? CAN_MEET : CAN_MISS;
      if (threshold.kind !== 'category') return EITHER;
      return threshold.categories.has(value.category) === threshold.inside ? CAN_MEET : CAN_MISS;
    case 'text':
      return threshold.kind === 'text' ? reachOfText(value, threshold) : EITHER;
  }
}

function reachOfNumber(interval: Parameters<typeof reach>[1], threshold: Threshold): Reach {
  if (threshold.kind === 'number') return reach(threshold.comparison, interval, threshold.limit);
  if (threshold.kind === 'microscopy') return reachOfMicroscopy(interval, threshold.limit);
  return EITHER;
}

function reachOfText(
  value: MeasuredValue & { kind: 'text' },
  threshold: Threshold & { kind: 'text' },
): Reach {
  const reading = readMeasuredText(value, threshold.lexicon);
  if (reading === 'suspected') return CAN_MEET;
  return reading === 'unclear' ? EITHER : CAN_MISS;
}
