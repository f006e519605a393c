import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import '../../../test/support/property-seed.js';
import { readable } from './readable.js';

it.each([
  ['97.14897726518195', 0, [], '97'],
  ['6.359376383254433', 1, ['5.7', '6.5'], '6.4'],
  ['6.46999999999', 1, ['5.7', '6.5'], '6.47'],
  ['6.4999999999', 1, ['6.5'], '6.4999999999'],
  ['2.9996', 1, ['3.0'], '2.9996'],
  ['<0.123456', 2, [], '<0.12'],
  ['4.123456–5.987654', 1, [], '4.1–6.0'],
  ['80.04999', 0, ['2 × 40'], '80.05'],
  ['80.4999', 0, ['at all'], '80'],
  // What laboratories print.
  ['6.80', 1, ['7.0'], '6.80'],
  ['109', 0, [], '109'],
  ['3.456', 1, [], '3.456'],
  ['++', 0, [], '++'],
] as [string, number, string[], string][])('%s with %i decimals and limits %j is read as %s', (words, decimals, limits, read) => {
  expect(readable(words, decimals, limits)).toBe(read);
});

it('what is read is on the same side of every limit as what was measured', () => {
  const number = fc.integer({ min: 0, max: 2_000_000_000 }).map((n) => new Decimal(n).div(1e8).toFixed());
  const limit = fc.integer({ min: 0, max: 200 }).map((n) => new Decimal(n).div(10).toFixed(1));
  fc.assert(
    fc.property(number, fc.nat(3), fc.array(limit, { maxLength: 3 }), (value, decimals, limits) => {
      const read = new Decimal(readable(value, decimals, limits));
      for (const one of limits) expect(read.comparedTo(one)).toBe(new Decimal(value).comparedTo(one));
    }),
  );
});
