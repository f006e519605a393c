import { type OwnLimit } from '../../kernel/index.js';
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
  high: string;
  inclusive: boolean;
}

const ABOVE = new Set(['H', 'HH', 'HU', 'H>', 'A', 'AA', 'POS']);
const WITHIN = new Set(['N', 'L', 'LL', 'LU', 'NEG']);
const ABOVE_WORDS = /^(偏高|升高|增高|高|异常|異常|↑+|h|high|阳性|abnormal)$/i;
const WITHIN_WORDS = /^(正常|偏低|降低|低|↓+|n|normal|l|low|阴性)$/i;

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
  if (ranges && ranges.length > 0) {
    const stated =
      lowestMatching(stateAll(ranges, numeric, toCanonical), context) ??
      lowestMatching(stateAll(ranges, worded, toCanonical), context);
    if (stated) return { from: 'range', high: stated.high, highInclusive: stated.inclusive, unit };
  }
  return fromInterpretation(interpretation);
}

function stateAll(
  ranges: readonly ReferenceRange[],
  state: typeof numeric,
  toCanonical: ToCanonical,
): Stated[] {
  const stated: Stated[] = [];
  for (const range of ranges) {
    const one = isReference(range) ? state(range, toCanonical) : null;
    if (one) stated.push(one);
  }
  return stated;
}

/** Therapeutic and critical ranges, and those of a phase of the cycle, are no reference limits. */
export function isReference(range: ReferenceRange): boolean {
  const code = range.type?.coding?.[0]?.code;
  return code === undefined || code === 'normal' || code === 'recommended';
}

function numeric(range: ReferenceRange, toCanonical: ToCanonical): Stated | null {
  const { high: quantity } = range;
  if (quantity?.value === undefined || !Number.isFinite(quantity.value)) return null;
  const isUcum = quantity.system === undefined || quantity.system === UCUM_SYSTEM;
  const unit = (isUcum ? quantity.code : undefined) ?? quantity.unit ?? null;
  const high = toCanonical(decimalText(quantity.value), unit);
  return high === null ? null : { range, high, inclusive: quantity.comparator !== '<' };
}

const TEXT_LIMIT =
  /^(?:参考值|参考范围|正常值|参考区间|ref(?:erence)?(?: range)?)?[:\s]*(?:(<=|<)\s*|[\d.]+\s*(?:~+|-+|至|到)\s*)(\d+(?:\.\d+)?)\s*(\S{0,20})$/i;

/** `0-7`, `<35`, `≤4.0`, `0.00～7.00 ng/mL`; anything less plain gives no limit. */
function worded(range: ReferenceRange, toCanonical: ToCanonical): Stated | null {
  if (range.text === undefined || range.text.length > 100) return null;
  const match = TEXT_LIMIT.exec(plainText(range.text).replace(/^\((.*)\)$/, '$1'));
  if (!match) return null;
  const high = toCanonical(match[2]!, match[3] || null);
  return high === null ? null : { range, high, inclusive: match[1] !== '<' };
}

function lowestMatching(stated: Stated[], context: ResultContext): Stated | null {
  if (stated.length < 2) return stated[0] ?? null;
  const fits = new Map(stated.map((one) => [one, fitOf(one.range, context)]));
  const specific = stated.filter((one) => fits.get(one) === 'matches');
  const open = stated.filter((one) => fits.get(one) !== 'contradicts');
  const candidates = specific.length > 0 ? specific : open.length > 0 ? open : stated;
  return candidates.reduce((lowest, one) => (isLower(one, lowest) ? one : lowest));
}

function isLower(a: Stated, b: Stated): boolean {
  const difference = Number(a.high) - Number(b.high);
  return difference < 0 || (difference === 0 && !a.inclusive && b.inclusive);
}

/** Does a range speak of this person? `open`: it says nothing about whom, or it can't be known. */
export function fitOf(range: ReferenceRange, context: ResultContext): 'matches' | 'contradicts' | 'open' {
  const answers = [
    ...(range.appliesTo ?? []).map((concept) => sexFit(concept, context)),
    ageFit(range.age, context),
  ];
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
      YEARS.get(end.code ?? '') ?? (/^(岁|年|years?|yr)$/i.test(end.unit ?? 'years') ? 1 : undefined);
    return unit === undefined ? undefined : end.value * unit;
  };
  const [low, high] = [years(age.low), years(age.high)];
  if (low === undefined || high === undefined) return undefined;
  return (low === null || ageYears >= low) && (high === null || Math.floor(ageYears) <= high);
}

function fromInterpretation(interpretation: readonly CodeableConcept[] | undefined): OwnLimit | null {
  let flag: 'above' | 'within' | null = null;
  for (const concept of interpretation ?? []) {
    const codes = (concept.coding ?? []).map((coding) => coding.code ?? '');
    const text = concept.text?.trim() ?? '';
    if (codes.some((code) => ABOVE.has(code)) || ABOVE_WORDS.test(text))
      return { from: 'interpretation', flag: 'above' };
    if (codes.some((code) => WITHIN.has(code)) || WITHIN_WORDS.test(text)) flag = 'within';
  }
  return flag && { from: 'interpretation', flag };
}
