import { isR4Type, isValidatedType } from './validate.js';

it('tells types that are used, types that are not, and words that are no type', () => {
  expect(['Observation', 'Claim', 'Nope'].map((type) => [isR4Type(type), isValidatedType(type)])).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
  expect(isValidatedType('Quantity')).toBe(false);
});
