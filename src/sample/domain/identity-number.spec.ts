import fc from 'fast-check';
import { checkDigit, FICTITIOUS_PROVINCE, identityNumber, mobileNumber } from './identity-number.js';

const people = fc.record({
  birthDate: fc.date({ min: new Date('1930-01-01'), max: new Date('2010-12-31'), noInvalidDate: true }),
  sex: fc.constantFrom('male' as const, 'female' as const),
  ordinal: fc.nat(4_999_999),
});

describe('sample identity numbers', () => {
  // The two examples printed in GB 11643-1999.
  it.each([
    ['11010519491231002', 'X'],
    ['44052418800101001', '4'],
  ])('%s has the check character %s', (first17, check) => expect(checkDigit(first17)).toBe(check));

  it('have 18 characters, the birth date, the sex and an area where nobody lives', () => {
    fc.assert(
      fc.property(people, ({ birthDate, sex, ordinal }) => {
        const day = birthDate.toISOString().slice(0, 10);
        const number = identityNumber(day, sex, ordinal);
        expect(number).toMatch(/^\d{17}[\dX]$/);
        expect(number.slice(0, 2)).toBe(FICTITIOUS_PROVINCE);
        expect(number.slice(6, 14)).toBe(day.replaceAll('-', ''));
        expect(Number(number[16]) % 2).toBe(sex === 'male' ? 1 : 0);
        expect(number[17]).toBe(checkDigit(number.slice(0, 17)));
      }),
    );
  });

  it('notice any single wrong digit', () => {
    fc.assert(
      fc.property(
        people,
        fc.nat(16),
        fc.integer({ min: 1, max: 9 }),
        ({ birthDate, sex, ordinal }, place, by) => {
          const number = identityNumber(birthDate.toISOString().slice(0, 10), sex, ordinal);
          const digit = (Number(number[place]) + by) % 10;
          const wrong = number.slice(0, place) + digit + number.slice(place + 1, 17);
          expect(checkDigit(wrong)).not.toBe(number[17]);
        },
      ),
    );
  });

  it('are never given twice, on the same birthday either', () => {
    const numbers = new Set<string>();
    for (let ordinal = 0; ordinal < 20_000; ordinal++)
      numbers.add(identityNumber('1980-05-05', 'female', ordinal));
    expect(numbers.size).toBe(20_000);
  });

  it('come with an eleven-digit mobile number of the unused segment', () => {
    expect(mobileNumber(42)).toBe('15400000042');
  });
});
