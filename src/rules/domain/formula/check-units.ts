import {
  NO_UNIT,
  unitPower,
  unitProduct,
  type UnitProduct,
  unitProductRatio,
  unitQuotient,
  unitTimes,
} from '../../../terminology/domain/units/unit-algebra.js';
import { type Bilingual } from '../../../kernel/index.js';
import { type Expression, FormulaFault } from './expression.js';

/** A part of a formula with the unit that it is in. */
interface Measured {
  expression: Expression;
  unit: UnitProduct;
}

/**
 * The formula with every sum and comparison in one unit, and its result in the unit that it is to have.
 * @param unitOf the unit of an input
 * @throws FormulaFault where units do not fit
 */
export function inUnits(expression: Expression, unitOf: (name: string) => UnitProduct, unit: string): Expression {
  const measured = measure(expression, unitOf);
  const wanted = unitProduct(unit) ?? NO_UNIT;
  const ratio = unitProductRatio(measured.unit, wanted);
  if (!ratio) {
    throw new FormulaFault('formula-result-unit', expression.at, { result: named(measured.unit), unit });
  }
  return scaled(measured.expression, ratio);
}

function measure(expression: Expression, unitOf: (name: string) => UnitProduct): Measured {
  switch (expression.kind) {
    case 'number':
      return { expression, unit: NO_UNIT };
    case 'input':
      return { expression, unit: unitOf(expression.name) };
    case 'negative': {
      const { expression: of, unit } = measure(expression.of, unitOf);
      return { expression: { ...expression, of }, unit };
    }
    case 'operation':
      return operation(expression, unitOf);
    case 'call':
      return call(expression, unitOf);
    case 'scaled':
      return measure(expression.of, unitOf);
  }
}

function operation(expression: Expression & { kind: 'operation' }, unitOf: (name: string) => UnitProduct): Measured {
  const { operator } = expression;
  const left = measure(expression.left, unitOf);
  const right = measure(expression.right, unitOf);
  if (operator === '^') return power(expression, left);
  if (operator === '*' || operator === '/') {
    const unit = operator === '*' ? unitTimes(left.unit, right.unit) : unitQuotient(left.unit, right.unit);
    return { expression: { ...expression, left: left.expression, right: right.expression }, unit };
  }
  const ratio = unitProductRatio(right.unit, left.unit);
  if (!ratio) {
    const units = { left: named(left.unit), right: named(right.unit) };
    throw new FormulaFault('formula-units-differ', right.expression.at, units);
  }
  const second = scaled(right.expression, ratio);
  return { expression: { ...expression, left: left.expression, right: second }, unit: left.unit };
}

/** A quantity with a unit has whole powers; a mere number any. */
function power(expression: Expression & { kind: 'operation' }, base: Measured): Measured {
  const { right } = expression;
  const exponent = constant(right);
  if (exponent === null) throw new FormulaFault('formula-exponent', right.at);
  const isWhole = Number.isInteger(exponent) && Math.abs(exponent) <= 9;
  if (isWhole) return { expression: { ...expression, left: base.expression }, unit: unitPower(base.unit, exponent) };
  const asNumber = unitProductRatio(base.unit, NO_UNIT);
  if (!asNumber) {
    throw new FormulaFault('formula-power-unit', right.at, { unit: named(base.unit), found: String(exponent) });
  }
  return { expression: { ...expression, left: scaled(base.expression, asNumber) }, unit: NO_UNIT };
}

/** The value of a number, with a minus or not; null for anything else. */
export function constant(expression: Expression): number | null {
  if (expression.kind === 'number') return Number(expression.digits);
  const of = expression.kind === 'negative' ? constant(expression.of) : null;
  return of === null ? null : -of;
}

function call(expression: Expression & { kind: 'call' }, unitOf: (name: string) => UnitProduct): Measured {
  const parts = expression.parts.map((part) => measure(part, unitOf));
  const [first] = parts as [Measured, ...Measured[]];
  if (expression.name !== 'min' && expression.name !== 'max') {
    const ratio = unitProductRatio(first.unit, NO_UNIT);
    if (!ratio) {
      const details = { name: expression.name, unit: named(first.unit) };
      throw new FormulaFault('formula-plain-number', first.expression.at, details);
    }
    return { expression: { ...expression, parts: [scaled(first.expression, ratio)] }, unit: NO_UNIT };
  }
  const alike = parts.map(({ expression: part, unit }) => {
    const ratio = unitProductRatio(unit, first.unit);
    const units = { left: named(first.unit), right: named(unit) };
    if (!ratio) throw new FormulaFault('formula-units-differ', part.at, units);
    return scaled(part, ratio);
  });
  return { expression: { ...expression, parts: alike }, unit: first.unit };
}

function scaled(of: Expression, { times, over }: { times: string; over: string }): Expression {
  return times === over ? of : { kind: 'scaled', of, times, over, at: of.at };
}

/** `mmol/L`, `g.mmol/L`, `/min`. */
function named({ powers }: UnitProduct): Bilingual {
  const part = (sign: 1 | -1): string[] =>
    [...powers].filter(([, power]) => power * sign > 0).map(([atom, power]) => (power * sign === 1 ? atom : `${atom}${power * sign}`)).sort();
  const [above, below] = [part(1), part(-1)];
  if (above.length + below.length === 0) return { zh: '没有单位的数', en: 'a number without unit' };
  const text = [above.join('.'), ...below].join('/');
  return { zh: text, en: text };
}
