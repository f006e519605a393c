import { Decimal } from 'decimal.js';
import { type Interval } from '../../../kernel/index.js';
import * as arithmetic from '../interval-arithmetic.js';
import { constant } from './check-units.js';
import { type Expression } from './expression.js';

/** Digits of what has no end (roots, logarithms); sums, products and whole powers are exact. */
const Exact = Decimal.clone({ precision: 60 });

/** What a formula gives when each input may be any number of its interval. */
export function evaluate(expression: Expression, inputs: ReadonlyMap<string, Interval>): Interval {
  switch (expression.kind) {
    case 'number':
      return arithmetic.number(expression.digits);
    case 'input':
      return inputs.get(expression.name) ?? arithmetic.ANYTHING;
    case 'negative':
      return arithmetic.negative(evaluate(expression.of, inputs));
    case 'scaled': {
      const of = arithmetic.times(evaluate(expression.of, inputs), arithmetic.number(expression.times));
      return arithmetic.over(of, arithmetic.number(expression.over));
    }
    case 'operation':
      return operation(expression, inputs);
    case 'call':
      return call(expression, inputs);
  }
}

function operation(
  { operator, left, right }: Expression & { kind: 'operation' },
  inputs: ReadonlyMap<string, Interval>,
): Interval {
  const first = evaluate(left, inputs);
  if (operator === '^') return power(first, constant(right) ?? NaN);
  const second = evaluate(right, inputs);
  switch (operator) {
    case '+':
      return arithmetic.plus(first, second);
    case '-':
      return arithmetic.minus(first, second);
    case '*':
      return arithmetic.times(first, second);
    case '/':
      return arithmetic.over(first, second);
  }
}

/** Powers of what may be negative are left open, but for whole powers of one number. */
function power(base: Interval, exponent: number): Interval {
  if (exponent < 0) return arithmetic.over(arithmetic.number(1), power(base, -exponent));
  const isNumber = base.low !== null && base.low === base.high;
  const mayBeNegative = base.low === null || new Exact(base.low).isNegative();
  if (mayBeNegative && !(isNumber && Number.isInteger(exponent))) return arithmetic.ANYTHING;
  return arithmetic.increasing(base, (value) => new Exact(value).pow(exponent));
}

function call(
  { name, parts }: Expression & { kind: 'call' },
  inputs: ReadonlyMap<string, Interval>,
): Interval {
  const values = parts.map((part) => evaluate(part, inputs));
  const [value = arithmetic.ANYTHING] = values;
  switch (name) {
    case 'min':
      return arithmetic.least(values);
    case 'max':
      return arithmetic.greatest(values);
    case 'exp':
      return arithmetic.increasing(value, (end) => new Exact(end).exp());
    case 'ln':
      return arithmetic.increasing(value, (end) => (end.gt(0) ? new Exact(end).ln() : null));
    case 'sqrt':
      return arithmetic.increasing(value, (end) => (end.isNegative() ? null : new Exact(end).sqrt()));
  }
}
