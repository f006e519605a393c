import fc from 'fast-check';
import { PRIMITIVES } from './validate-primitive.js';

const IDEOGRAPHIC_SPACE = '\u3000';

/** Values that R4 takes, and values that it refuses, type by type. */
const TABLE: [type: string, taken: unknown[], refused: unknown[]][] = [
  ['boolean', [true, false], ['true', 1, 0, null]],
  [
    'string',
    ['a', '白细胞', IDEOGRAPHIC_SPACE, `血${IDEOGRAPHIC_SPACE}红`, ' a ', 'a\nb'],
    ['', 1, null, {}, [], true],
  ],
  ['markdown', ['**a**'], ['', 2]],
  ['code', ['final', '10*9/L', 'a b', `急${IDEOGRAPHIC_SPACE}诊`], ['', ' a', 'a ', 'a  b', '\ta', 1]],
  ['id', ['a', 'A-1.b', 'x'.repeat(64)], ['', 'x'.repeat(65), 'a_b', 'a/b', '张三', 'a b', 1]],
  ['uri', ['urn:x', 'http://a/b', `urn:项目${IDEOGRAPHIC_SPACE}`], ['', 'a b', 'a\n', 7]],
  ['url', ['http://a'], ['', 'http://a b']],
  ['canonical', ['http://a|1.0'], ['', ' ']],
  ['oid', ['urn:oid:1.2.156'], ['1.2.3', 'urn:oid:3.1', 'urn:oid:1.02', 'urn:oid:1']],
  [
    'uuid',
    ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    ['c757873d-ec9a-4326-a141-556f43239520', 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520'],
  ],
  ['decimal', [0, -1, 3.0, 1e-7, 1e300, 0.1], ['1', null, Infinity, NaN, true]],
  ['integer', [0, -1, 2147483647, -2147483648], [1.5, 2147483648, -2147483649, '1']],
  ['unsignedInt', [0, 5], [-1, 0.5, '0']],
  ['positiveInt', [1, 5], [0, -1, 1.5]],
  ['base64Binary', ['AAAA', 'QQ==', 'AA AA\nBBBB'], ['', 'AAA', '=(==', 'A'.repeat(5), 4]],
  ['time', ['00:00:00', '23:59:59.123'], ['24:00:00', '8:00:00', '08:00', '08:00:60']],
  ['xhtml', ['<div>血</div>'], ['', 1]],
  [
    'date',
    ['2026', '2026-02', '2026-02-28', '2024-02-29', '2000-02-29', '0001-01-01', '2026-12-31'],
    [
      '2026-02-30',
      '2026-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-13',
      '2026-00',
      '2026-1-1',
      '0000',
      '26',
      '2026-01-32',
      '2026-01-00',
      '2026-01-01T08:00:00Z',
      '20260101',
      2026,
      '',
    ],
  ],
  [
    'dateTime',
    [
      '2026',
      '2026-02',
      '2026-02-28',
      '2026-11-22T08:05:00+08:00',
      '2026-11-22T08:05:00Z',
      '2024-02-29T23:59:59.123456Z',
      '2026-01-01T00:00:00-12:00',
      '2026-01-01T00:00:00+14:00',
    ],
    [
      '2026-11-22T08:05:00',
      '2026-11-22T08:05+08:00',
      '2026-11-22 08:05:00',
      '2026-02-30T08:05:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T08:60:00Z',
      '2016-12-31T23:59:60Z',
      '2026-11-22T08:05:00+0800',
      '2026-11-22T08:05:00+15:00',
      '2026-11-22T08:05:00z',
      1,
    ],
  ],
  [
    'instant',
    ['2026-11-22T08:05:00.123+08:00', '2026-11-22T08:05:00Z'],
    ['2026-11-22', '2026', '2026-11-22T08:05:00', '2026-02-30T08:05:00Z', '2026-06-31T00:00:00Z', ''],
  ],
];

describe.each(TABLE)('the primitive %s', (type, taken, refused) => {
  const check = PRIMITIVES.get(type)!;
  it.each(taken.map((value) => [value]))('takes %j', (value) => {
    expect(check(value)).toBeNull();
  });
  it.each(refused.map((value) => [value]))('refuses %j', (value) => {
    expect(check(value)).toMatch(/^(must|names)/);
  });
});

it('has a case for every primitive type', () => {
  expect(TABLE.map(([type]) => type).sort()).toEqual([...PRIMITIVES.keys()].sort());
});

it('takes a day exactly when the calendar has it', () => {
  const check = PRIMITIVES.get('date')!;
  const two = (number: number) => String(number).padStart(2, '0');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 31 }),
      (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
        const exists = new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
        expect(check(text) === null).toBe(exists);
      },
    ),
    {
      numRuns: 2000,
      examples: [
        [1900, 2, 29],
        [2000, 2, 29],
        [2023, 2, 29],
        [2024, 2, 29],
        [2026, 9, 31],
      ],
    },
  );
});

it('never repeats the value in its message', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PRIMITIVES.keys()),
      fc.stringMatching(/^机密[a-z]{5}[0-9]{11} $/),
      (type, secret) => {
        expect(PRIMITIVES.get(type)!(secret) ?? '').not.toContain('机密');
      },
    ),
  );
});

it('refuses a text beyond a megabyte, but not an attachment', () => {
  const long = 'A'.repeat(1024 * 1024 + 4);
  expect(PRIMITIVES.get('string')!(long)).toContain('at most');
  expect(PRIMITIVES.get('base64Binary')!(long)).toBeNull();
});

it.each(['base64Binary', 'code', 'uri', 'oid'])(
  'checks a hostile %s of a million characters at once',
  (type) => {
    const hostile = [
      'AAAA    '.repeat(130_000) + '!',
      `urn:oid:1${'.1'.repeat(500_000)}!`,
      'a '.repeat(500_000),
    ];
    const start = performance.now();
    for (const text of hostile) PRIMITIVES.get(type)!(text);
    expect(performance.now() - start).toBeLessThan(2000);
  },
);
