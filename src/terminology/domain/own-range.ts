import { type BeyondOwnRange, compareDecimals, type MeasuredValue } from '../../kernel/index.js';
import { type ResultContext } from './context.js';
import { type CodeableConcept, type ReferenceRange } from './fhir-input.js';
import { type Fit, fitOf, isReference, type ToCanonical } from './own-limit.js';
import { decimalText } from './units/decimal-text.js';
import { plainText } from './values/read-number.js';
import { UCUM_SYSTEM } from './values/read-quantity.js';

/** An end of a reference interval in the canonical unit, and whether the end itself belongs to it. */
interface End {
  value: string;
  isInside: boolean;
}
/** Null: open on that side. */
interface OwnRange {
  low: End | null;
  high: End | null;
}

const FLAGS: Readonly<Record<string, BeyondOwnRange['side']>> = {
  H: 'above',
  HH: 'above',
  HU: 'above',
  L: 'below',
  LL: 'below',
  LU: 'below',
};

/**
 * Whether all of a value lies outside the reference interval that its own report carries: where several may speak of the
 * person, outside each of them; where none can be read, as the laboratory flags it. Unlike the limit that makes people be called
 * (`ownLimit`) this takes the milder side: most of what is a little outside is nothing.
 */
export function beyondOwnRange(
  value: MeasuredValue | null,
  ranges: readonly ReferenceRange[] | undefined,
  interpretation: readonly CodeableConcept[] | undefined,
  context: ResultContext,
  toCanonical: ToCanonical,
): BeyondOwnRange | undefined {
  if (value?.kind !== 'number') return undefined;
  const stated: { read: OwnRange; range: ReferenceRange }[] = [];
  for (const range of ranges ?? []) {
    const read = isReference(range) ? readRange(range, toCanonical) : null;
    if (read) stated.push({ read, range });
  }
  if (stated.length === 0) return flagged(interpretation);
  const each = ofThePerson(stated, context).map(({ read }) => sideOf(value.interval, read));
  const [first] = each;
  if (!first || each.some((one) => one?.side !== first.side)) return undefined;
  return each.reduce<BeyondOwnRange>((far, one) => (one && isFarther(one, far) ? one : far), first);
}

/** Those that speak of the person; where none does for certain, those that may. */
function ofThePerson<S extends { range: ReferenceRange }>(
  stated: readonly S[],
  context: ResultContext,
): readonly S[] {
  const fits = stated.map(({ range }) => fitOf(range, context));
  const wanted: Fit = fits.includes('matches') ? 'matches' : 'open';
  return stated.filter((_, i) => fits[i] === wanted);
}

function readRange(range: ReferenceRange, toCanonical: ToCanonical): OwnRange | null {
  const low = numeric(range.low, toCanonical);
  const high = numeric(range.high, toCanonical);
  const read = low || high ? { low, high } : worded(range.text, toCanonical);
  const isEmpty = read?.low && read.high && compareDecimals(read.low.value, read.high.value) >= 0;
  return isEmpty ? null : read;
}

function numeric(quantity: ReferenceRange['high'], toCanonical: ToCanonical): End | null {
  if (quantity?.value === undefined || !Number.isFinite(quantity.value)) return null;
  const isUcum = quantity.system === undefined || quantity.system === UCUM_SYSTEM;
  const unit = (isUcum ? quantity.code : undefined) ?? quantity.unit ?? null;
  const value = toCanonical(decimalText(quantity.value), unit);
  return value === null
    ? null
    : { value, isInside: quantity.comparator !== '<' && quantity.comparator !== '>' };
}

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const BEFORE = String.raw`^(?:参考值|参考范围|正常值|参考区间|ref(?:erence)?(?: range)?)?[:\s]*`;
const SPAN = new RegExp(`${BEFORE}${NUMBER}\\s*(?:~+|-+|至|到)\\s*${NUMBER}\\s*(\\S{0,20})$`, 'i');
const ONE_END = new RegExp(`${BEFORE}(<=|<|>=|>)\\s*${NUMBER}\\s*(\\S{0,20})$`, 'i');

/** `3.5-5.1`, `<35`, `≥40 g/L`; anything less plain gives no interval. */
function worded(text: string | undefined, toCanonical: ToCanonical): OwnRange | null {
  if (text === undefined || text.length > 100) return null;
  const plain = plainText(text).replace(/^\((.*)\)$/, '$1');
  const span = SPAN.exec(plain);
  if (span) {
    const [low, high] = [span[1]!, span[2]!].map((end) => toCanonical(end, span[3] || null));
    if (low == null || high == null) return null;
    return { low: { value: low, isInside: true }, high: { value: high, isInside: true } };
  }
  const one = ONE_END.exec(plain);
  const value = one && toCanonical(one[2]!, one[3] || null);
  if (!one || value === null) return null;
  const end = { value, isInside: one[1]!.length === 2 };
  return one[1]!.startsWith('<') ? { low: null, high: end } : { low: end, high: null };
}

/** Null: it may lie inside. */
function sideOf(
  interval: Extract<MeasuredValue, { kind: 'number' }>['interval'],
  { low, high }: OwnRange,
): BeyondOwnRange | null {
  if (high && interval.low !== null) {
    const over = compareDecimals(interval.low, high.value);
    if (over > 0 || (over === 0 && (interval.lowOpen || !high.isInside)))
      return { side: 'above', limit: high.value };
  }
  if (low && interval.high !== null) {
    const under = compareDecimals(interval.high, low.value);
    if (under < 0 || (under === 0 && (interval.highOpen || !low.isInside)))
      return { side: 'below', limit: low.value };
  }
  return null;
}

/** Of several ends that were passed the last one. */
function isFarther({ side, limit }: BeyondOwnRange, than: BeyondOwnRange): boolean {
  const difference = compareDecimals(limit ?? '0', than.limit ?? '0');
  return side === 'above' ? difference > 0 : difference < 0;
}

/** Only flags that name a side: what is only called abnormal may be so for another reason. */
function flagged(interpretation: readonly CodeableConcept[] | undefined): BeyondOwnRange | undefined {
  if (!interpretation) return undefined;
  const codes = interpretation.flatMap(({ coding = [] }) => coding.map(({ code }) => code ?? ''));
  const sides = new Set(codes.flatMap((code) => FLAGS[code] ?? []));
  const [side] = sides;
  return side && sides.size === 1 ? { side, limit: null } : undefined;
}
