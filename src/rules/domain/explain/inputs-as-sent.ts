import { Decimal } from 'decimal.js';
import { exactly, type MeasuredFact, type MeasuredValue, type ModelUse, type PersonFacts, UNKNOWN_PERSON } from '../../../kernel/index.js';
import { type AnalyteCatalogue, type Bilingual } from '../catalogue.js';
import { derive, type Formula } from '../formula/formula.js';
import { inWords } from '../in-words.js';
import { type LookedAt } from '../rule.js';
import { readSent, type Sent } from './as-sent.js';
import { nameIn } from './asked-in-words.js';
import { type InputChange } from './explanation.js';
import { keyOfValue, type Replacement } from './leaf-again.js';
import { factAgain, numberOf, type SeenValue } from './seen-again.js';

/** By so much each step of the search is longer than the one before: what silences lies on one side of a number, and far. */
const LONGER = 1.25;
/** Steps of the last digit; no result is so many away from what it could be. */
const MOST_STEPS = 1_000_000_000;

/** A derived value that was seen, with what it was computed from. */
export interface SeenDerived {
  value: SeenValue;
  looked: readonly LookedAt[];
  by: ModelUse | undefined;
}

/**
 * What each number that a derived value was computed from would have to be, the others as they are, for the rule to be
 * silent: in the unit, and to the last digit, that the laboratory sent. Of two sides the nearer; `to` is null where no
 * value of it alone does, or what was sent is no plain number in a unit that converts.
 * @param seen every derived value that the rule saw, this one among them: one result may be in several
 * @param silences whether the rule says nothing with these in the places of what was seen
 * @returns nothing where a derived value does not come out again from what was kept
 */
export function inputsAsSent(
  derived: SeenDerived,
  seen: readonly SeenDerived[],
  silences: (replaced: ReadonlyMap<string, Replacement>) => boolean,
  catalogue: AnalyteCatalogue,
): InputChange[] {
  const again = new Map(seen.map((one) => [one, computing(one, catalogue)]));
  const compute = again.get(derived);
  if (!compute) return [];
  return compute.inputs
    .filter(({ analyte }) => catalogue.get(analyte)?.kind === 'number')
    .map((input) => {
      const key = keyOfValue(input);
      const concerned = seen.filter(({ looked }) => looked.some((one) => keyOfValue(one) === key));
      const silencesAt = (canonical: string): boolean => {
        const instead = numberOf(input.analyte, exactly(canonical), catalogue);
        if (instead.kind !== 'number') return false;
        const replaced = new Map<string, Replacement>([[key, { value: instead }]]);
        for (const one of concerned) {
          const value = again.get(one)?.of(key, instead);
          if (!value) return false;
          replaced.set(keyOfValue(one.value), { value });
        }
        return silences(replaced);
      };
      return changeOf(input, silencesAt, catalogue);
    });
}

/** A derived value, to be computed again with another value of one input. */
interface Computing {
  inputs: readonly SeenValue[];
  of: (key: string, instead: MeasuredValue) => MeasuredValue | null;
}

/** Null where it does not come out as it was compared: another formula, or an input that was understood otherwise. */
function computing({ value, looked, by }: SeenDerived, catalogue: AnalyteCatalogue): Computing | null {
  const formula = catalogue.formulas.find(({ id }) => id === value.analyte);
  if (!formula || !isOf(formula, by)) return null;
  const inputs = formula.inputs.flatMap(({ analyte }) => looked.find((one) => one.analyte === analyte) ?? []);
  const of = (key: string, instead: MeasuredValue | null): MeasuredValue | null => {
    const measured = inputs.map((one): [string, MeasuredFact] => {
      const fact = factAgain(one, catalogue);
      const isChanged = instead !== null && keyOfValue(one) === key;
      return [one.analyte, isChanged ? { ...fact, measurement: { ...fact.measurement, value: instead } } : fact];
    });
    return derive(formula, new Map(measured), value.source, personOf(by))?.measurement.value ?? null;
  };
  const now = of('', null);
  return now && inWords(now) === value.converted ? { inputs, of } : null;
}

function changeOf(input: SeenValue, silencesAt: (canonical: string) => boolean, catalogue: AnalyteCatalogue): InputChange {
  const { analyte, source, asSent, converted } = input;
  const name = nameIn({ analyte, fact: analyte }, catalogue);
  const sent = isPlain(input, catalogue) ? readSent(input, catalogue) : null;
  const found = sent && nearest(sent, silencesAt);
  const from = asSent === null || asSent === '' ? (converted ?? '') : asSent;
  const change = { name, observationId: source.observationId, from, to: found?.to ?? null, reaches: found?.reaches ?? null };
  return { ...change, says: inWordsOf(change) };
}

/** One number, and not a span of which only an end was sent. */
function isPlain(input: SeenValue, catalogue: AnalyteCatalogue): boolean {
  const { value } = factAgain(input, catalogue).measurement;
  return value?.kind === 'number' && value.interval.low !== null && value.interval.low === value.interval.high;
}

/** The nearest number of the sender's last digit that silences, below or above; null when there is none. */
function nearest({ number, digits, unit, convert }: Sent, silencesAt: (canonical: string) => boolean): Pick<InputChange, 'to' | 'reaches'> | null {
  const step = new Decimal(10).pow(-digits);
  const at = (steps: number): string => step.times(steps).plus(number).toFixed(digits);
  const sides = (['up', 'down'] as const).flatMap((reaches) => {
    const side = reaches === 'up' ? 1 : -1;
    const steps = firstSuch((count) => {
      const moved = at(count * side);
      return !moved.startsWith('-') && silencesAt(convert(moved));
    });
    return steps === null ? [] : [{ steps, reaches, to: `${at(steps * side)} ${unit}`.trim() }];
  });
  const [found] = sides.sort((a, b) => a.steps - b.steps);
  return found ?? null;
}

/** The first of the counts, 1 or more, that is such and the one before it is not; null when none is found. */
function firstSuch(is: (count: number) => boolean): number | null {
  let [before, found] = [0, 1];
  while (!is(found)) {
    if (found > MOST_STEPS) return null;
    [before, found] = [found, Math.max(found + 1, Math.floor(found * LONGER))];
  }
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (is(middle)) found = middle;
    else before = middle;
  }
  return found;
}

function inWordsOf({ name, from, to, reaches }: Omit<InputChange, 'says'>): Bilingual {
  const sign = reaches === 'up' ? '≥ ' : '≤ ';
  return {
    zh: to === null ? `${name.zh} ${from}：单独改这一项不行` : `${name.zh} ${from} → ${sign}${to}`,
    en: to === null ? `${name.en} ${from}: no other value of it alone does` : `${name.en} ${from} → ${sign}${to}`,
  };
}

/** A model must be the one that was asked then. */
function isOf(formula: Formula, by: ModelUse | undefined): boolean {
  if (!('call' in formula)) return by === undefined;
  return by !== undefined && by.model === formula.call.model.id && by.version === formula.call.model.version;
}

/** The person as the model was told of them. */
function personOf(by: ModelUse | undefined): PersonFacts {
  const told = new Map(by?.person.map(({ fact, value }) => [fact, value]));
  const age = told.get('age');
  const answers = [...told].filter(([, value]) => value === 'true' || value === 'false').map(([fact, value]) => [fact, value === 'true'] as const);
  const sex = (told.get('sex') ?? null) as PersonFacts['sex'];
  return { ...UNKNOWN_PERSON, sex, ageYears: age === undefined ? null : Number(age), answers: new Map(answers) };
}
