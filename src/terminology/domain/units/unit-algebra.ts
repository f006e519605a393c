import { Exact } from './decimal-text.js';
import { commensurable, isUcum, type UnitRatio, withoutAnnotations, withPlainUnits } from './ucum.js';

/** A product of units with their powers, times a number: `ng/mL` is 1 × ng¹ mL⁻¹, `10*9/L` is 10⁹ × L⁻¹, `%` is 1/100. */
export interface UnitProduct {
  times: string;
  over: string;
  powers: ReadonlyMap<string, number>;
}

export const NO_UNIT: UnitProduct = { times: '1', over: '1', powers: new Map() };

/** Units on a scale of their own: a sum or quotient of them means nothing. */
const WITHOUT_ALGEBRA = /Cel|\[deg|\[pH\]|^B\b|^Np/;
const ATOM = /^((?:\[[^\]]*\]|[A-Za-z'])+)(-?\d+)?$/;

/** Null when the text is no UCUM unit, or one that cannot be calculated with (temperatures, pH). */
export function unitProduct(unit: string): UnitProduct | null {
  const bare = withPlainUnits(withoutAnnotations(unit));
  if (!isUcum(unit) || WITHOUT_ALGEBRA.test(bare) || /[()]/.test(bare)) return null;
  let product = NO_UNIT;
  for (const [, slash, term] of bare.matchAll(/(^|[./])([^./]+)/g)) {
    const factor = factorOf(term!);
    if (!factor) return null;
    product = slash === '/' ? unitQuotient(product, factor) : unitTimes(product, factor);
  }
  return product;
}

function factorOf(term: string): UnitProduct | null {
  const [, exponent] = /^10[*^]([+-]?\d+)$/.exec(term) ?? [];
  if (exponent !== undefined) return scaled(new Exact(10).pow(exponent).toFixed(), '1');
  if (/^\d+$/.test(term)) return scaled(term, '1');
  if (term === '%') return scaled('1', '100');
  if (term === '[ppth]') return scaled('1', '1000');
  const [, atom, power] = ATOM.exec(term) ?? [];
  return atom === undefined ? null : { ...NO_UNIT, powers: new Map([[atom, Number(power ?? 1)]]) };
}

function scaled(times: string, over: string): UnitProduct {
  return { times, over, powers: new Map() };
}

export function unitTimes(a: UnitProduct, b: UnitProduct): UnitProduct {
  const powers = new Map(a.powers);
  for (const [atom, power] of b.powers) {
    const sum = (powers.get(atom) ?? 0) + power;
    if (sum === 0) powers.delete(atom);
    else powers.set(atom, sum);
  }
  return { times: product(a.times, b.times), over: product(a.over, b.over), powers };
}

export function unitQuotient(a: UnitProduct, b: UnitProduct): UnitProduct {
  return unitTimes(a, unitPower(b, -1));
}

/** @param power a whole number */
export function unitPower({ times, over, powers }: UnitProduct, power: number): UnitProduct {
  const [up, down] = power < 0 ? [over, times] : [times, over];
  const size = Math.abs(power);
  return {
    times: new Exact(up).pow(size).toFixed(),
    over: new Exact(down).pow(size).toFixed(),
    powers: power === 0 ? new Map() : new Map([...powers].map(([atom, one]) => [atom, one * power])),
  };
}

/** What one is of the other: value in `to` = value in `from` × times ÷ over; null when their dimensions differ. */
export function unitProductRatio(from: UnitProduct, to: UnitProduct): UnitRatio | null {
  const ratio = commensurable(unitText(from), unitText(to));
  if (!ratio) return null;
  return {
    times: product(product(from.times, to.over), ratio.times),
    over: product(product(from.over, to.times), ratio.over),
  };
}

/** The units alone, in UCUM, in a fixed order. */
export function unitText({ powers }: UnitProduct): string {
  const terms = [...powers].sort(([a], [b]) => (a < b ? -1 : 1));
  return terms.map(([atom, power]) => `${atom}${power === 1 ? '' : power}`).join('.') || '1';
}

function product(a: string, b: string): string {
  return new Exact(a).times(b).toFixed();
}
