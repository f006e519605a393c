import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { FIB_4 } from './fib-4.js';
import { isValue } from './model.js';

function printed(input: Parameters<typeof FIB_4.of>[0]): string | null {
  const result = FIB_4.of(input);
  return isValue(result) ? result.value : null;
}

/** By decimals throughout. */
function exactly(age: number, ast: string, alt: string, plt: string): string {
  const index = new Decimal(ast).times(age).div(new Decimal(alt).sqrt().times(plt));
  return index.toFixed(2, Decimal.ROUND_HALF_UP);
}

test('is rounded as by decimals, halves included, for any laboratory value', () => {
  const digits = fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 3 }))
    .map(([number, decimals]) => new Decimal(number).div(10 ** decimals).toFixed());
  const square = fc.integer({ min: 1, max: 30 }).map((root) => String(root * root));
  const platelets = fc.oneof(digits, fc.constantFrom('1', '100', '200', '250'));
  fc.assert(
    fc.property(fc.integer({ min: 35, max: 99 }), digits, fc.oneof(square, digits), platelets, (...given) => {
      const [age, ast, alt, plt] = given;
      expect(printed({ age, ast, alt, plt })).toBe(exactly(...given));
    }),
    { numRuns: 2000 },
  );
});
