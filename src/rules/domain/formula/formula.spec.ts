import fc from 'fast-check';
import { exactly, type Interval, type MeasuredFact, type MeasuredValue } from '../../../kernel/index.js';
import { unitProduct } from '../../../terminology/domain/units/unit-algebra.js';
import { inUnits } from './check-units.js';
import { evaluate } from './evaluate.js';
import { FormulaFault, parseExpression } from './expression.js';
import { derive, type Formula } from './formula.js';

const UNITS: Record<string, string> = { a: 'mmol/L', b: 'umol/L', c: 'g', n: '1', p: '%' };
const names = Object.keys(UNITS);

function compile(text: string, unit = '1') {
  return inUnits(parseExpression(text, names), (name) => unitProduct(UNITS[name] ?? '1')!, unit);
}

function value(text: string, inputs: Record<string, string>, unit = '1'): string | null {
  const { low, high } = evaluate(compile(text, unit), new Map(Object.entries(inputs).map(([name, one]) => [name, exactly(one)])));
  return low !== null && low === high ? low : `${low ?? ''}..${high ?? ''}`;
}

it.each<[string, Record<string, string>, string, string]>([
  ['n + 2 * 3', { n: '1' }, '1', '7'],
  ['(n + 2) * 3', { n: '1' }, '1', '9'],
  ['8 / 2 / 2', {}, '1', '2'],
  ['8 - 2 - 2', {}, '1', '4'],
  ['2 * n ^ 2', { n: '3' }, '1', '18'],
  ['n ^ -2', { n: '2' }, '1', '0.25'],
  ['n ^ 0.5', { n: '9' }, '1', '3'],
  ['-n + 3', { n: '1' }, '1', '2'],
  ['min(n, 2, 0.5)', { n: '1' }, '1', '0.5'],
  ['max(n, 2)', { n: '1' }, '1', '2'],
  ['sqrt(n)', { n: '16' }, '1', '4'],
  ['ln(exp(n))', { n: '2' }, '1', '2'],
  ['0.1 + 0.2', {}, '1', '0.3'],
  ['1e3 + .5', {}, '1', '1000.5'],
  // Units: the result in the unit asked for, sums in one unit.
  ['a', { a: '2' }, 'umol/L', '2000'],
  ['a + b', { a: '2', b: '500' }, 'mmol/L', '2.5'],
  ['b + a', { a: '2', b: '500' }, 'mmol/L', '2.5'],
  ['a / b', { a: '2', b: '500' }, '1', '4'],
  ['a / b', { a: '2', b: '500' }, '%', '400'],
  ['max(a, b)', { a: '2', b: '5000' }, 'mmol/L', '5'],
  ['n + p', { n: '1', p: '50' }, '1', '1.5'],
  ['a ^ 2 / a', { a: '3' }, 'mmol/L', '3'],
  ['(a / b) ^ 0.5', { a: '2', b: '500' }, '1', '2'],
  ['n / 0', { n: '1' }, '1', '..'],
])('%s with %j in %s is %s', (text, inputs, unit, expected) => {
  const found = value(text, inputs, unit);
  expect(found?.includes('..') ? found : String(Number(Number(found).toPrecision(12)))).toBe(expected);
});

it.each<[string, string, number, string]>([
  ['', '1', 0, 'formula-empty'],
  ['n +', '1', 3, 'formula-unreadable'],
  ['(n', '1', 2, 'formula-unreadable'],
  ['n n', '1', 2, 'formula-lacks-operator'],
  ['n && n', '1', 2, 'formula-unreadable'],
  ['n % 2', '1', 2, 'formula-unreadable'],
  ['n > 2', '1', 2, 'formula-unreadable'],
  ['n ? 1 : 2', '1', 0, 'formula-no-arithmetic'],
  ['2 ^ 3 ^ 2', '1', 4, 'formula-exponent'],
  ['2 * x', '1', 4, 'formula-no-input'],
  ['n.length', '1', 0, 'formula-no-arithmetic'],
  ['n + constructor', '1', 4, 'formula-no-input'],
  ['this', '1', 0, 'formula-no-arithmetic'],
  ['n["x"]', '1', 1, 'formula-character'],
  ['"2" + n', '1', 0, 'formula-character'],
  ['2 + log(n)', '1', 4, 'formula-no-function'],
  ['2 + min(n)', '1', 4, 'formula-arguments'],
  ['sqrt(n, 2)', '1', 0, 'formula-arguments'],
  ['-n ^ 2', '1', 1, 'formula-minus-power'],
  ['n ^ n', '1', 4, 'formula-exponent'],
  ['a + c', 'mmol/L', 4, 'formula-units-differ'],
  ['a - 2', 'mmol/L', 4, 'formula-units-differ'],
  ['n * max(a, c)', 'mmol/L', 11, 'formula-units-differ'],
  ['ln(a)', '1', 3, 'formula-plain-number'],
  ['a ^ 0.5', '1', 4, 'formula-power-unit'],
  ['a * c', 'mmol/L', 0, 'formula-result-unit'],
])('%s is refused at %s', (text, unit, at, kind) => {
  const fault = (() => {
    try {
      compile(text, unit);
      return null;
    } catch (error) {
      return error as FormulaFault;
    }
  })();
  expect(fault).toBeInstanceOf(FormulaFault);
  expect([fault!.kind, fault!.at]).toEqual([kind, at]);
});

/** Whatever each input really was, the formula's value lies in what it gave. */
it('holds every value that its inputs may be', () => {
  const positive = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 5 }));
  const formulas = ['n / p', 'n - p', '(n + p) / (n * 2)', 'n ^ 2 - p', 'min(n, p) / max(n, p)', 'sqrt(n) * ln(p + 1)', 'exp(n / p)', 'n ^ -1.5'];
  fc.assert(
    fc.property(fc.constantFrom(...formulas), positive, positive, fc.double({ min: 0, max: 1, noNaN: true }), (text, x, y, share) => {
      const expression = inUnits(parseExpression(text, names), () => unitProduct('1')!, '1');
      const spans = new Map<string, Interval>([
        ['n', { low: String(x[0]), high: String(x[0] + x[1]), lowOpen: false, highOpen: false }],
        ['p', { low: String(y[0]), high: String(y[0] + y[1]), lowOpen: false, highOpen: false }],
      ]);
      const points = new Map<string, Interval>([
        ['n', exactly(String(x[0] + x[1] * share))],
        ['p', exactly(String(y[0] + y[1] * (1 - share)))],
      ]);
      const [whole, one] = [evaluate(expression, spans), evaluate(expression, points)];
      expect(Number(whole.low)).toBeLessThanOrEqual(Number(one.low) + 1e-9);
      expect(Number(whole.high)).toBeGreaterThanOrEqual(Number(one.high) - 1e-9);
    }),
    { numRuns: 1000 },
  );
});

describe('a derived value', () => {
  const ratio: Formula = {
    id: 'ratio',
    title: { zh: '比值', en: 'ratio' },
    unit: '%',
    decimals: 1,
    inputs: [
      { name: 'f', analyte: 'free', lowest: '0' },
      { name: 't', analyte: 'total', lowest: '0' },
    ],
    written: 'f / t',
    expression: inUnits(parseExpression('f / t', ['f', 't']), () => unitProduct('ng/mL')!, '%'),
    source: 's',
  };
  const number = (low: string | null, high: string | null): MeasuredValue => ({
    kind: 'number',
    interval: { low, high, lowOpen: low === null, highOpen: high !== low },
    unit: 'ng/mL',
  });
  const fact = (analyte: string, value: MeasuredValue): MeasuredFact => ({
    measurement: { component: 0, analyte, value, asSent: 'x', ownLimit: null, doubts: [] },
    source: { observationId: analyte, component: 0, at: '2026-03-02T02:00:00.000Z', status: 'final' },
  });
  const derived = (f: MeasuredValue | null, t: MeasuredValue | null) => {
    const facts = new Map([...(f ? [['free', fact('free', f)] as const] : []), ...(t ? [['total', fact('total', t)] as const] : [])]);
    return derive(ratio, facts, fact('free', number('1', '1')).source);
  };

  it.each<[string, MeasuredValue, MeasuredValue, unknown]>([
    ['is rounded as printed', number('1.495', '1.495'), number('10', '10'), { kind: 'number', interval: exactly('15.0'), unit: '%' }],
    ['of a value below the limit of detection', number(null, '0.5'), number('10', '10'), { kind: 'number', interval: { low: '0.0', high: '5.0', lowOpen: false, highOpen: true }, unit: '%' }],
    ['of a divisor below it', number('1', '1'), number(null, '4'), { kind: 'number', interval: { low: '25.0', high: null, lowOpen: true, highOpen: true }, unit: '%' }],
    ['of a number without unit cannot be trusted', { kind: 'unit-unknown', readings: [exactly('1'), exactly('1000')], unit: 'ng/mL' }, number('10', '10'), { kind: 'unit-unknown', readings: [exactly('10.0'), exactly('10000.0')], unit: '%' }],
    ['nor of an impossible one', { kind: 'implausible', interval: exactly('9999999'), unit: 'ng/mL' }, number('10', '10'), { kind: 'unit-unknown', readings: [exactly('99999990.0')], unit: '%' }],
  ])('%s', (_name, f, t, expected) => {
    expect(derived(f, t)?.measurement.value).toEqual(expected);
    expect(derived(f, t)?.from?.map(({ measurement }) => measurement.analyte)).toEqual(['free', 'total']);
  });

  it('is none where an input is missing, is no number, or there is nothing to divide by', () => {
    expect(derived(number('1', '1'), null)).toBeNull();
    expect(derived(number('1', '1'), { kind: 'category', category: 'x' })).toBeNull();
    expect(derived(number('1', '1'), number('0', '0'))).toBeNull();
  });
});
