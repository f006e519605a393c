import fc from 'fast-check';
import {
  comparableValue,
  hasValidCheckDigit,
  isIdentityNumber,
  matchingIdentifiers,
} from './person-identifiers.js';

const IDENTITY = 'urn:oid:2.16.156.10011.1.3';
const values = (...identifiers: { system?: string; value?: string }[]): string[] =>
  matchingIdentifiers(identifiers, new Set(['urn:untrusted'])).map((one) => one.value);
const digits = fc.stringMatching(/^\d{17}$/);

/** ISO 7064 MOD 11-2 by its other definition, digit by digit. */
function pureSystemDigit(first17: string): string {
  let product = 10;
  let remainder = 0;
  for (const digit of first17) {
    remainder = (remainder + Number(digit)) % 11;
    product = (remainder * 2) % 11;
    remainder = product;
  }
  const check = (12 - product) % 11;
  return check === 10 ? 'X' : String(check);
}

describe('the check digit of an identity number', () => {
  it.each(['11010519491231002X', '11010519491231002x', '440524188001010014'])('%s is right', (number) => {
    expect(hasValidCheckDigit(number)).toBe(true);
  });

  it.each(['110105194912310021', '11010519491231002', '1101051949123100XX', '', '４40524188001010014'])(
    '%p is wrong',
    (number) => {
      expect(hasValidCheckDigit(number)).toBe(false);
    },
  );

  it('is one of eleven, and a second definition of the standard agrees on which', () => {
    fc.assert(
      fc.property(digits, (first17) => {
        const right = [...'0123456789X'].filter((digit) => hasValidCheckDigit(first17 + digit));
        expect(right).toEqual([pureSystemDigit(first17)]);
      }),
    );
  });

  it('notices any one wrong digit and any two neighbours that changed places', () => {
    fc.assert(
      fc.property(digits, fc.nat(16), fc.nat(9), (first17, at, other) => {
        const check = pureSystemDigit(first17);
        const typo = first17.slice(0, at) + String(other) + first17.slice(at + 1);
        expect(hasValidCheckDigit(typo + check)).toBe(typo === first17);
        const swapped = [...first17];
        [swapped[at], swapped[at - 1]] = [swapped[at - 1] ?? '', swapped[at] ?? ''];
        const text = swapped.join('');
        if (text.length === 17) expect(hasValidCheckDigit(text + check)).toBe(text === first17);
      }),
    );
  });
});

describe('the identifiers by which a person may be matched', () => {
  it.each([
    '0',
    '000000',
    '0000-0000',
    '1111',
    '9999 9999',
    'XXXX',
    '-',
    '---',
    '不详',
    '无',
    'unknown',
    'N/A',
    '   ',
    // What is left when a sender hides digits is shared by many.
    '110105********002X',
    '138****4471',
    '110105xxxxxxxx002X',
  ])('leave out the placeholder %p', (value) => {
    expect(values({ system: 'urn:hospital', value })).toEqual([]);
    expect(values({ system: IDENTITY, value })).toEqual([]);
  });

  it.each(['1', '111', '10001', 'M000000', '无锡0001', 'TEST-1'])('keep %p', (value) => {
    expect(values({ system: 'urn:hospital', value })).toEqual([value]);
  });

  it('leave out what is incomplete or of a system that is not trusted', () => {
    expect(
      values({ value: '10001' }, { system: 'urn:a' }, { system: 'urn:untrusted', value: '10001' }),
    ).toEqual([]);
    expect(matchingIdentifiers(undefined, new Set())).toEqual([]);
  });

  it.each([
    ['11010519491231002X', ['11010519491231002X']],
    // The same person whatever the case of the X or the spaces around.
    [' 11010519491231002x ', ['11010519491231002X']],
    ['110105194912310021', []],
    [' 110105194912310021 ', []],
    ['11010519491231002', []],
    // The old number of fifteen digits has no check digit.
    ['110105491231002', ['110105491231002']],
  ])('hold the identity number %p to its check digit', (value, expected) => {
    expect(values({ system: IDENTITY, value })).toEqual(expected);
  });

  it('hold no other number to it', () => {
    expect(values({ system: 'urn:hospital', value: '110105194912310021' })).toEqual(['110105194912310021']);
  });

  it('compare letters of other identifiers as they are', () => {
    expect(comparableValue(' ab12 ')).toBe('ab12');
  });
});

describe('an identity number', () => {
  it.each([
    [{ system: IDENTITY }, true],
    [{ system: 'http://hospital.cn/id-card' }, true],
    [{ type: { text: '居民身份证' } }, true],
    [{ type: { coding: [{ code: 'NNCHN' }] } }, true],
    [{ system: 'urn:hospital:mrn', type: { coding: [{ code: 'MR' }] } }, false],
    [{}, false],
  ])('is told by system or type: %j %p', (identifier, expected) => {
    expect(isIdentityNumber(identifier)).toBe(expected);
  });
});
