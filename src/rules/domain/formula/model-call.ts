import { type Interval, type ModelUse, type PersonFacts } from '../../../kernel/index.js';
import { isValue, type ModelValue, type RiskModel } from '../../../risk-models/domain/model.js';
import { ANYTHING } from '../interval-arithmetic.js';

/** How a risk model is asked with what is known of a person. */
export interface ModelCall {
  model: RiskModel;
  /** By input: facts of the person as rules name them. Of several the input is true when any is, false when all are not. */
  person: Readonly<Record<string, readonly string[]>>;
}

/** Stands for a number without bound: no result is so large, and no power of it that a model takes overflows. */
const UNBOUNDED = '1e300';
/** Stands for a number as small as one likes. */
const NEARLY_NOTHING = '1e-300';
/** A value beyond this comes of a number without bound. */
const BEYOND = 1e100;
/** More inputs than this that are no single number are left open. */
const MOST_OPEN = 6;

/**
 * What a model gives when each number may be any of its interval: its values at all corners, which enclose it, since every
 * model that is asked here rises or falls all the way with each of its numbers.
 * @returns null where the model has nothing to say; anything at all where it has for some of the numbers only
 */
export function modelValue(
  { model, person: asked }: ModelCall,
  inputs: ReadonlyMap<string, Interval>,
  words: ReadonlyMap<string, string | boolean>,
  person: PersonFacts,
): Interval | null {
  const given: Record<string, unknown> = {};
  for (const [name, word] of words) given[name] = word;
  for (const name in asked) given[name] = answerOf(person, asked[name]!);
  const corners = cornersOf(inputs, given);
  if (!corners) return ANYTHING;
  const ends: CornerValue[] = [];
  for (const { told, isOpen } of corners) {
    const result = model.of(told);
    if (isValue(result)) ends.push({ value: result.value, unrounded: result.unrounded, isOpen });
  }
  if (ends.length === 0) return null;
  return ends.length < corners.length ? ANYTHING : between(ends);
}

/** The facts of the person that a model was told. */
export function askedOf({ model, person: asked }: ModelCall, person: PersonFacts): ModelUse {
  const told = Object.values(asked).flat().flatMap((fact) => {
    const value = factOf(person, fact);
    return value === null ? [] : [{ fact, value: String(value) }];
  });
  return { model: model.id, version: model.version, person: told };
}

type CornerValue = Pick<ModelValue, 'value' | 'unrounded'> & { isOpen: boolean };

interface Corner {
  /** All that the model is told. */
  told: Record<string, unknown>;
  /** At least one of the numbers only bounds its interval. */
  isOpen: boolean;
}

/** Every choice of ends, with what is given besides; null when there are too many. */
function cornersOf(inputs: ReadonlyMap<string, Interval>, given: Record<string, unknown>): Corner[] | null {
  let corners: Corner[] = [{ told: given, isOpen: false }];
  for (const [name, { low, high, lowOpen, highOpen }] of inputs) {
    if (low !== null && low === high) {
      for (const { told } of corners) told[name] = low;
      continue;
    }
    const ends = [
      { at: low === null || Number(low) === 0 ? NEARLY_NOTHING : low, isOpen: lowOpen || low === null || Number(low) === 0 },
      { at: high ?? UNBOUNDED, isOpen: highOpen },
    ];
    corners = corners.flatMap(({ told, isOpen }) =>
      ends.map((end) => ({ told: { ...told, [name]: end.at }, isOpen: isOpen || end.isOpen })),
    );
    if (corners.length > 2 ** MOST_OPEN) return null;
  }
  return corners;
}

/** From the lowest to the highest of the values, as printed. An end that only bounds may be printed as the end itself. */
function between(values: readonly CornerValue[]): Interval {
  const ordered = [...values].sort((a, b) => a.unrounded - b.unrounded);
  const [lowest, highest] = [ordered[0]!, ordered.at(-1)!];
  const end = (of: CornerValue): { at: string | null; open: boolean } => {
    if (Math.abs(of.unrounded) > BEYOND) return { at: null, open: true };
    const isReached = values.some((one) => one.unrounded === of.unrounded && !one.isOpen);
    return { at: of.value, open: !isReached && Number(of.value) === of.unrounded };
  };
  const [low, high] = [end(lowest), end(highest)];
  return { low: low.at, high: high.at, lowOpen: low.open, highOpen: high.open };
}

function answerOf(person: PersonFacts, facts: readonly string[]): string | number | boolean | undefined {
  const values = facts.map((fact) => factOf(person, fact));
  const [only] = values;
  if (facts.length === 1) return only ?? undefined;
  if (values.includes(true)) return true;
  return values.every((value) => value === false) ? false : undefined;
}

function factOf(person: PersonFacts, fact: string): string | number | boolean | null {
  if (fact === 'age') return person.ageYears;
  if (fact === 'sex') return person.sex;
  return person.answers.get(fact) ?? null;
}
