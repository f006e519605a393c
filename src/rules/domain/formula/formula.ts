import {
  type Bilingual,
  type Doubt,
  type FactSource,
  type Interval,
  type MeasuredFact,
  type MeasuredValue,
  type PersonFacts,
  UNKNOWN_PERSON,
} from '../../../kernel/index.js';
import { ANYTHING, hull, notBelow, rounded } from '../interval-arithmetic.js';
import { evaluate } from './evaluate.js';
import { type Expression } from './expression.js';
import { askedOf, type ModelCall, modelValue } from './model-call.js';

/** A value computed from results of one day: by arithmetic of a file, e.g. a ratio, or by a risk model. */
export type Formula = ArithmeticFormula | ModelFormula;

interface FormulaHead {
  /** What rules call it; may be an analyte that laboratories report themselves: then a reported value goes first. */
  id: string;
  title: Bilingual;
  /** UCUM unit of the value. */
  unit: string;
  /** The value is compared as a laboratory would print it: rounded half up to so many decimals. */
  decimals: number;
  inputs: readonly FormulaInput[];
  source: string;
}

export interface ArithmeticFormula extends FormulaHead {
  /** The formula as written, and ready to be computed in the units of its inputs. */
  written: string;
  expression: Expression;
}

export interface ModelFormula extends FormulaHead {
  call: ModelCall;
}

export interface FormulaInput {
  /** As the formula or the model writes it. */
  name: string;
  analyte: string;
  /** Lowest value that is no error; null where none is set. */
  lowest: string | null;
  /** Of an analyte that is no number: what the model is told by category. */
  words?: Readonly<Record<string, string | boolean>>;
  /** The model may do without, e.g. for one sex. */
  isOptional?: true;
}

/** More readings than this (numbers without unit) are taken as one from the lowest to the highest. */
const MOST_READINGS = 16;

/**
 * The derived value of results of one day. An input that cannot be trusted (no unit, an impossible number) makes a value
 * that cannot be trusted either; null when an input is missing or no number, or the formula has no value (a division
 * by zero).
 * @param source where it is from: the last of the inputs
 * @param person whose results they are, that day; arithmetic asks nothing of them
 */
export function derive(
  formula: Formula,
  measured: ReadonlyMap<string, MeasuredFact>,
  source: FactSource,
  person: PersonFacts = UNKNOWN_PERSON,
): MeasuredFact | null {
  const given = gather(formula, measured);
  if (!given) return null;
  const { from, isCertain } = given;
  const computed = given.readings.map((inputs) => valueOf(formula, inputs, given.words, person));
  if (computed.every((one) => one === null)) return null;
  const intervals = computed.map((one) => one ?? ANYTHING);
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
    ...('call' in formula && { by: askedOf(formula.call, person) }),
  };
}

/** What a formula is given of the results of a day. */
interface Given {
  from: MeasuredFact[];
  /** The numbers by input; more than one where a unit is not known. */
  readings: Map<string, Interval>[];
  words: Map<string, string | boolean>;
  /** Whether every number can be trusted. */
  isCertain: boolean;
}

/** Null when something that cannot be done without is missing, or is no number. */
function gather({ inputs }: Formula, measured: ReadonlyMap<string, MeasuredFact>): Given | null {
  const given: Given = { from: [], readings: [new Map<string, Interval>()], words: new Map(), isCertain: true };
  for (const { name, analyte, lowest, words, isOptional } of inputs) {
    const fact = measured.get(analyte);
    const value = fact?.measurement.value;
    if (!fact || !value) {
      if (isOptional) continue;
      return null;
    }
    const { from, readings } = given;
    if (words) {
      const word = value.kind === 'category' ? words[value.category] : undefined;
      if (word === undefined) return null;
      from.push(fact);
      given.words.set(name, word);
      continue;
    }
    const spans = spansOf(value);
    if (!spans) return null;
    from.push(fact);
    given.isCertain &&= value.kind === 'number';
    const kept = spans.length * readings.length > MOST_READINGS ? [hull(spans)] : spans;
    const [only] = kept;
    if (only && kept.length === 1) for (const known of readings) known.set(name, notBelow(only, lowest));
    else given.readings = readings.flatMap((known) => kept.map((span) => new Map(known).set(name, notBelow(span, lowest))));
  }
  return given;
}

/** Rounded as it would be printed; null where a model has nothing to say. */
function valueOf(
  formula: Formula,
  inputs: ReadonlyMap<string, Interval>,
  words: Given['words'],
  person: PersonFacts,
): Interval | null {
  if ('call' in formula) return modelValue(formula.call, inputs, words, person);
  return rounded(evaluate(formula.expression, inputs), formula.decimals);
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
  if (value?.kind === 'category') return true;
  return value?.kind === 'number' && value.interval.low !== null && value.interval.low === value.interval.high;
}
