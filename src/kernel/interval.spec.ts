import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { compareDecimals, exactly } from './interval.js';

const decimal = fc.oneof(
  fc.stringMatching(/^-?\d{1,25}(\.\d{1,25})?$/),
  fc.stringMatching(/^-?\d\.\d{0,20}0?$/).map((text) => text.replace(/\.$/, '')),
  fc.stringMatching(/^-?\d(\.\d{1,3})?e[+-]?\d{1,3}$/),
);

describe('comparing decimal texts', () => {
  it.each([
    ['3', '3.0', 0],
    ['3.0000000000000004', '3', 1],
    ['0.1', '0.10', 0],
    ['-0', '0', 0],
    ['2.9', '3.0', -1],
    ['10', '9', 1],
    ['-10', '-9', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['1e2', '100', 0],
    ['1e-400', '0', 1],
    ['2e400', '1e400', 1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(sign);
    expect(Math.sign(compareDecimals(b, a))).toBe(sign === 0 ? 0 : -sign);
  });

  it('agrees with decimal arithmetic on every text', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(Math.sign(compareDecimals(a, b))).toBe(new Decimal(a).comparedTo(new Decimal(b)) + 0);
        expect(compareDecimals(a, a)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });
});

it('holds exactly one number', () => {
  expect(exactly('3.0')).toEqual({ low: '3.0', high: '3.0', lowOpen: false, highOpen: false });
});
