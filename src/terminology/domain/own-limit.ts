import { type OwnLimit, type OwnLowerLimit } from '../../kernel/index.js';
import { type ResultContext } from './context.js';
import { type CodeableConcept, type Range, type ReferenceRange } from './fhir-input.js';
import { UCUM_SYSTEM } from './values/read-quantity.js';
import { plainText } from './values/read-number.js';
import { decimalText } from './units/decimal-text.js';

/** Gives a number of the report in the canonical unit, or null; a missing unit is the value's. */
export type ToCanonical = (value: string, unit: string | null) => string | null;

/** A limit that a report states, before it is known to apply to the person. */
interface Stated {
  range: ReferenceRange;
  limit: string;
  inclusive: boolean;
}
type End = 'low' | 'high';

const ABOVE = new Set(['H', 'HH', 'HU', 'H>', 'A', 'AA', 'POS']);
const WITHIN = new Set(['N', 'L', 'LL', 'LU', 'NEG']);
const ABOVE_WORDS = /^(偏高|升高|增高|高|异常|異常|↑+|h|high|阳性|abnormal)$/i;
const WITHIN_WORDS = /^(正常|偏低|降低|低|↓+|n|normal|l|low|阴性)$/i;
const BELOW = new Set(['L', 'LL', 'LU', 'L<']);
const NOT_BELOW = new Set(['N', 'H', 'HH', 'HU', 'H>']);
const BELOW_WORDS = /^(偏低|降低|减低|低|↓+|l|low)$/i;
const NOT_BELOW_WORDS = /^(正常|偏高|升高|增高|高|↑+|n|normal|h|high)$/i;

/**
 * The limit that the report itself carries (product.md, *Semantics*): numeric high in a convertible unit, else the
 * range's text, else the interpretation, else none. Ranges for a sex or an age count when they match the person;
 * where several stand and none is known to match, the lowest.
 */
export function ownLimit(
  ranges: readonly ReferenceRange[] | undefined,
  interpretation: readonly CodeableConcept[] | undefined,
  context: ResultContext,
  unit: string,
  toCanonical: ToCanonical,
): OwnLimit | null {
  const stated = statedEnd('high', ranges, context, toCanonical);
  if (stated) return { from: 'range', high: stated.limit, highInclusive: stated.inclusive, unit };
  return fromInterpretation(interpretation);
}

/** The lower limit that the report itself carries, read as the upper one is; of several the highest. */
export function ownLowerLimit(
  ranges: readonly ReferenceRange[] | undefined,
  interpretation: readonly CodeableConcept[] | undefined,
  context: ResultContext,
  unit: string,
  toCanonical: ToCanonical,
): OwnLowerLimit | null {
  const stated = statedEnd('low', ranges, context, toCanonical);
  if (stated) return { from: 'range', low: stated.limit, lowInclusive: stated.inclusive, unit };
  const flag = flagged(interpretation, [
    { flag: 'below', codes: BELOW, words: BELOW_WORDS },
    { flag: 'within', codes: NOT_BELOW, words: NOT_BELOW_WORDS },
  ]);
  return flag === null ? null : { from: 'interpretation', flag };
}

function statedEnd(
  end: End,
  ranges: readonly ReferenceRange[] | undefined,
  context: ResultContext,
  toCanonical: ToCanonical,
): Stated | null {
  if (!ranges || ranges.length === 0) return null;
  return (
    strictestMatching(end, stateAll(end, ranges, numeric, toCanonical), context) ??
    strictestMatching(end, stateAll(end, ranges, worded, toCanonical), context)
  );
}

function stateAll(
  end: End,
  ranges: readonly ReferenceRange[],
  state: typeof numeric,
  toCanonical: ToCanonical,
): Stated[] {
  const stated: Stated[] = [];
  for (const range of ranges) {
    const one = isReference(range) ? state(end, range, toCanonical) : null;
    if (one) stated.push(one);
  }
  return stated;
}

/** Therapeutic and critical ranges, and those of a phase of the cycle, are no reference limits. */
export function isReference(range: ReferenceRange): boolean {
  const code = range.type?.coding?.[0]?.code;
  return code === undefined || code === 'normal' || code === 'recommended';
}

function numeric(end: End, range: ReferenceRange, toCanonical: ToCanonical): Stated | null {
  const quantity = range[end];
  if (quantity?.value === undefined || !Number.isFinite(quantity.value)) return null;
  const isUcum = quantity.system === undefined || quantity.system === UCUM_SYSTEM;
  const unit = (isUcum ? quantity.code : undefined) ?? quantity.unit ?? null;
  const limit = toCanonical(decimalText(quantity.value), unit);
  const open = end === 'high' ? '<' : '>';
  return limit === null ? null : { range, limit, inclusive: quantity.comparator !== open };
}

const TEXT_LOWER_LIMIT =
  /^(?:参考值|参考范围|正常值|参考区间|ref(?:erence)?(?: range)?)?[:\s]*(?:(>=|>)\s*|(?=[\d.]+\s*(?:~|-|至|到)\s*[\d.]+))(\d+(?:\.\d+)?)\s*(?:(?:~+|-+|至|到)\s*[\d.]+)?\s*(\S{0,20})$/i;
const TEXT_LIMIT =
  /^(?:参考值|参考范围|正常值|参考区间|ref(?:erence)?(?: range)?)?[:\s]*(?:(<=|<)\s*|[\d.]+\s*(?:~+|-+|至|到)\s*)(\d+(?:\.\d+)?)\s*(\S{0,20})$/i;

/** `0-7`, `<35`, `≤4.0`, `≥40`, `0.00～7.00 ng/mL`; anything less plain gives no limit. */
function worded(end: End, range: ReferenceRange, toCanonical: ToCanonical): Stated | null {
  if (range.text === undefined || range.text.length > 100) return null;
  const plain = plainText(range.text).replace(/^\((.*)\)$/, '$1');
  const match = (end === 'high' ? TEXT_LIMIT : TEXT_LOWER_LIMIT).exec(plain);
  if (!match) return null;
  const limit = toCanonical(match[2]!, match[3] || null);
  return limit === null ? null : { range, limit, inclusive: match[1]?.length !== 1 };
}

function strictestMatching(end: End, stated: Stated[], context: ResultContext): Stated | null {
  if (stated.length < 2) return stated[0] ?? null;
  const fits = new Map(stated.map((one) => [one, fitOf(one.range, context)]));
  const specific = stated.filter((one) => fits.get(one) === 'matches');
  const open = stated.filter((one) => fits.get(one) !== 'contradicts');
  const candidates = specific.length > 0 ? specific : open.length > 0 ? open : stated;
  return candidates.reduce((strictest, one) => (isStricter(end, one, strictest) ? one : strictest));
}

function isStricter(end: End, a: Stated, b: Stated): boolean {
  const difference = (Number(a.limit) - Number(b.limit)) * (end === 'high' ? 1 : -1);
  return difference < 0 || (difference === 0 && !a.inclusive && b.inclusive);
}

export type Fit = 'matches' | 'contradicts' | 'open';

/** Does a range speak of this person? `open`: it says nothing about whom, or it can't be known. */
export function fitOf({ appliesTo, age }: ReferenceRange, context: ResultContext): Fit {
  if (!appliesTo && !age) return 'open';
  const answers = [...(appliesTo ?? []).map((concept) => sexFit(concept, context)), ageFit(age, context)];
  if (answers.includes(false)) return 'contradicts';
  return answers.includes(true) && !answers.includes(undefined) ? 'matches' : 'open';
}

/** null: nothing is asked; undefined: not known. */
function sexFit(concept: CodeableConcept, { sex }: ResultContext): boolean | undefined {
  const words = [concept.text, ...(concept.coding ?? []).flatMap((coding) => [coding.code, coding.display])];
  const asked = words.some((word) => /^(female|women|女|女性|248152002|F)$/i.test(word ?? ''))
    ? 'female'
    : words.some((word) => /^(male|men|男|男性|248153007|M)$/i.test(word ?? ''))
      ? 'male'
      : undefined;
  return asked === undefined || sex === null ? undefined : asked === sex;
}

const YEARS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['mo', 1 / 12],
  ['wk', 7 / 365.25],
  ['d', 1 / 365.25],
]);

function ageFit(age: Range | undefined, { ageYears }: ResultContext): boolean | undefined | null {
  if (!age || (age.low?.value === undefined && age.high?.value === undefined)) return null;
  if (ageYears === null) return undefined;
  const years = (end: Range['low']): number | null | undefined => {
    if (end?.value === undefined) return null;
    const unit =
      YEARS.get(end.code ?? '') ??
      (/^(岁|周岁|年|a|years?|yrs?)$/i.test(end.unit ?? 'years') ? 1 : undefined);
    return unit === undefined ? undefined : end.value * unit;
  };
  const [low, high] = [years(age.low), years(age.high)];
  if (low === undefined || high === undefined) return undefined;
  return (low === null || ageYears >= low) && (high === null || Math.floor(ageYears) <= high);
}

function fromInterpretation(interpretation: readonly CodeableConcept[] | undefined): OwnLimit | null {
  const flag = flagged(interpretation, [
    { flag: 'above', codes: ABOVE, words: ABOVE_WORDS },
    { flag: 'within', codes: WITHIN, words: WITHIN_WORDS },
  ]);
  return flag === null ? null : { from: 'interpretation', flag };
}

interface Flag<F extends string> {
  flag: F;
  codes: ReadonlySet<string>;
  words: RegExp;
}

/** The first of two flags where any word says so, else the second where one does. */
function flagged<F extends string>(
  interpretation: readonly CodeableConcept[] | undefined,
  [first, second]: readonly [Flag<F>, Flag<F>],
): F | null {
  let flag: F | null = null;
  for (const concept of interpretation ?? []) {
    const codes = (concept.coding ?? []).map((coding) => coding.code ?? '');
    const text = concept.text?.trim() ?? '';
    const says = (one: Flag<F>): boolean => codes.some((code) => one.codes.has(code)) || one.words.test(text);
    if (says(first)) return first.flag;
    if (says(second)) flag = second.flag;
  }
  return flag;
}
