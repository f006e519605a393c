import {
  type Bilingual,
  type Doubt,
  type FactSource,
  type Interval,
  type MeasuredFact,
  type MeasuredValue,
} from '../../../kernel/index.js';
import { hull, notBelow, rounded } from '../interval-arithmetic.js';
import { evaluate } from './evaluate.js';
import { type Expression } from './expression.js';

/** A value computed from results of one day, e.g. a ratio. */
export interface Formula {
  /** What rules call it; may be an analyte that laboratories report themselves: then a reported value goes first. */
  id: string;
  title: Bilingual;
  /** UCUM unit of the value. */
  unit: string;
  /** The value is compared as a laboratory would print it: rounded half up to so many decimals. */
  decimals: number;
  inputs: readonly FormulaInput[];
  /** The formula as written, and ready to be computed in the units of its inputs. */
  written: string;
  expression: Expression;
  source: string;
}

export interface FormulaInput {
  /** As the formula writes it. */
  name: string;
  analyte: string;
  /** Lowest value that is no error; null where none is set. */
  lowest: string | null;
}

/** More readings than this (numbers without unit) are taken as one from the lowest to the highest. */
const MOST_READINGS = 16;

/**
 * The derived value of results of one day. An input that cannot be trusted (no unit, an impossible number) makes a value
 * that cannot be trusted either; null when an input is missing or no number, or the formula has no value (a division
 * by zero).
 * @param source where it is from: the last of the inputs
 */
export function derive(
  formula: Formula,
  measured: ReadonlyMap<string, MeasuredFact>,
  source: FactSource,
): MeasuredFact | null {
  const from: MeasuredFact[] = [];
  let readings = [new Map<string, Interval>()];
  let isCertain = true;
  for (const { name, analyte, lowest } of formula.inputs) {
    const fact = measured.get(analyte);
    const spans = fact?.measurement.value ? spansOf(fact.measurement.value) : null;
    if (!fact || !spans) return null;
    from.push(fact);
    isCertain &&= fact.measurement.value?.kind === 'number';
    const kept = spans.length * readings.length > MOST_READINGS ? [hull(spans)] : spans;
    readings = readings.flatMap((known) => kept.map((span) => new Map(known).set(name, notBelow(span, lowest))));
  }
  const intervals = readings.map((inputs) => rounded(evaluate(formula.expression, inputs), formula.decimals));
  const [interval] = intervals;
  const isNothing = interval?.low === null && interval.high === null && from.every(isExact);
  if (!interval || isNothing) return null;
  const { unit } = formula;
  const value: MeasuredValue = isCertain ? { kind: 'number', interval, unit } : { kind: 'unit-unknown', readings: intervals, unit };
  const doubts: Doubt[] = from.flatMap(({ measurement }) => measurement.doubts);
  const { component } = source;
  const isDoubtful = from.some((one) => one.source.status === 'unknown');
  return {
    measurement: { component, analyte: formula.id, value, asSent: '', ownLimit: null, doubts },
    // Of an input whose status nobody knows, nothing is certain either.
    source: isDoubtful ? { ...source, status: 'unknown' } : source,
    from,
  };
}

/** What a value may be; null when it is no number. */
function spansOf(value: MeasuredValue): readonly Interval[] | null {
  switch (value.kind) {
    case 'number':
    case 'implausible':
      return [value.interval];
    case 'unit-unknown':
      return value.readings.length > 0 ? value.readings : null;
    default:
      return null;
  }
}

function isExact({ measurement: { value } }: MeasuredFact): boolean {
  return value?.kind === 'number' && value.interval.low !== null && value.interval.low === value.interval.high;
}
