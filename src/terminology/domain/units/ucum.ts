import ucum, { type UcumLhcUtils } from '@lhncbc/ucum-lhc';
import { Exact } from './decimal-text.js';

/** What one unit is of another, as an exact fraction: value in `to` = value in `from` × times ÷ over. */
export interface UnitRatio {
  times: string;
  over: string;
}

let library: UcumLhcUtils | undefined;
const validity = new Map<string, boolean>();
const MAX_REMEMBERED = 2_000;

/** Printable ASCII with closed braces. The library writes to the console about anything else; senders may send anything. */
const LOOKS_LIKE_UCUM = /^(?=.{1,60}$)(?:[!-z~]|\{[!-z~ ]*\})+$/;

/** The library looks units up in plain objects, where `valueOf` and `__proto__` are found. */
const NAMES_OF_OBJECTS = Object.getOwnPropertyNames(Object.prototype);

function utils(): UcumLhcUtils {
  library ??= ucum.UcumLhcUtils.getInstance();
  return library;
}

/** True when the text is a UCUM unit as it stands (case counts; the library's own corrections are not accepted). */
export function isUcum(unit: string): boolean {
  const known = validity.get(unit);
  if (known !== undefined) return known;
  const isSafe = LOOKS_LIKE_UCUM.test(unit) && !NAMES_OF_OBJECTS.some((name) => unit.includes(name));
  const answer = isSafe ? utils().validateUnitString(unit, false) : undefined;
  const valid = answer?.status === 'valid' && answer.ucumCode === unit;
  if (validity.size < MAX_REMEMBERED) validity.set(unit, valid);
  return valid;
}

/** `mg/L{FEU}` → `mg/L`: annotations say what is counted and never change the size of a unit. */
export function withoutAnnotations(unit: string): string {
  const bare = unit.replace(/\/?\{[^}]*\}/g, '');
  return bare === '' ? '1' : bare;
}

/** What stands between braces, upper case: `mg/L{FEU}` → `FEU`. */
export function annotationOf(unit: string): string | null {
  return /\{([^}]*)\}/.exec(unit)?.[1]?.toUpperCase() ?? null;
}

/**
 * A unit of dimension one says nothing to the UCUM library about *what* is divided by what (a percentage, per field,
 * mol per mol): only like is converted with like. A field of low power is no number of fields of high power.
 */
function dimensionlessKind(unit: string): string | null {
  const field = /^(?:(?:1|10\*\d+)?\/)?\[([HL]PF)\]$/.exec(unit);
  if (field) return field[1]!;
  if (unit === '[pH]') return 'acidity';
  if (/^(1|%|\[ppth\]|[mdcu]?L\/[mdcu]?L)$/.test(unit)) return 'fraction';
  if (/^[munpk]?g\/[munpk]?g$/.test(unit)) return 'mass';
  if (/^[munp]?mol\/[munp]?mol$/.test(unit)) return 'amount';
  return null;
}

/**
 * The exact ratio between two UCUM units, or null when they don't convert. The library works in binary floats
 * (10*9/L → 10*3/uL gives 1.0000000000000002): its answer is snapped to the clean decimal, or clean divisor, beside it.
 * `molarMass` in g/mol lets mass and amount convert; arbitrary units (U, [IU], [arb'U]) are taken as printed.
 */
export function unitRatio(from: string, to: string, molarMass: string | null = null): UnitRatio | null {
  const a = withPlainUnits(withoutAnnotations(from));
  const b = withPlainUnits(withoutAnnotations(to));
  if (a === b) return { times: '1', over: '1' };
  const kinds = [dimensionlessKind(a), dimensionlessKind(b)];
  if ((kinds[0] || kinds[1]) && kinds[0] !== kinds[1]) return null;
  const plain = utils().convertUnitTo(a, 1, b);
  if (plain.status === 'succeeded' && plain.toVal) return snap(plain.toVal);
  if (!molarMass) return null;
  // With one gram a mole the ratio is a power of ten; the molar mass itself is then applied exactly.
  const [unity, double] = [1, 2].map(
    (mass) => utils().convertUnitTo(a, 1, b, { molecularWeight: mass }).toVal,
  );
  if (!unity || !double) return null;
  const clean = snap(unity);
  if (!clean) return null;
  const massPerAmount = double / unity > 1;
  return massPerAmount
    ? { times: new Exact(clean.times).times(molarMass).toFixed(), over: clean.over }
    : { times: clean.times, over: new Exact(clean.over).times(molarMass).toFixed() };
}

/** What one combination of units is of another of the same dimension, whatever it is a measure of; null when the dimensions differ. */
export function commensurable(from: string, to: string): UnitRatio | null {
  if (from === to) return { times: '1', over: '1' };
  const { status, toVal } = utils().convertUnitTo(from, 1, to);
  return status === 'succeeded' && toVal ? snap(toVal) : null;
}

/** Arbitrary units are compared as the laboratory prints them: [IU], [iU], [arb'U] and U of one test are one unit. */
export function withPlainUnits(unit: string): string {
  return unit.replace(/\[(IU|iU|arb'U|USP'U)\]/g, 'U');
}

function snap(ratio: number): UnitRatio | null {
  if (!Number.isFinite(ratio) || ratio <= 0) return null;
  const times = cleanDecimal(ratio);
  const over = cleanDecimal(1 / ratio);
  if (times && (!over || digitsOf(times) <= digitsOf(over))) return { times, over: '1' };
  if (over) return { times: '1', over };
  return { times: new Exact(ratio).toFixed(), over: '1' };
}

/** The shortest decimal within the library's float noise; null when none is near (1/60, 1/7.5). */
function cleanDecimal(ratio: number): string | null {
  for (let digits = 1; digits <= 9; digits++) {
    const near = Number(ratio.toPrecision(digits));
    if (Math.abs(near / ratio - 1) < 1e-12) return new Exact(near).toFixed();
  }
  return null;
}

function digitsOf(decimal: string): number {
  return decimal.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length;
}
