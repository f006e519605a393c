import { ageInDays, ageInYears, readTime } from './fhir-time.js';

const SHANGHAI = 'Asia/Shanghai';
const span = (text: string | undefined, zone = SHANGHAI): [string, string] | null => {
  const read = readTime(text, zone);
  return read && [read.from.toISOString(), read.to.toISOString()];
};

describe('reading a FHIR time', () => {
  it.each([
    ['2026-03-02', SHANGHAI, '2026-03-01T16:00:00.000Z', '2026-03-02T15:59:59.999Z'],
    ['2026-02', SHANGHAI, '2026-01-31T16:00:00.000Z', '2026-02-28T15:59:59.999Z'],
    ['2024-02', 'UTC', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026', SHANGHAI, '2025-12-31T16:00:00.000Z', '2026-12-31T15:59:59.999Z'],
    // Days of 23 and 25 hours where clocks change.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    // Shanghai kept summer time in 1986: the clocks changed on 4 May.
    ['1986-05-04', SHANGHAI, '1986-05-03T16:00:00.000Z', '1986-05-04T14:59:59.999Z'],
    // A day that has no midnight begins when its clocks do.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z'],
  ])('takes %s as the whole of it in %s', (text, zone, from, to) => {
    expect(span(text, zone)).toEqual([from, to]);
  });

  it.each([
    ['2026-03-02T08:00:00+08:00', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02T08:00:00.123456+08:00', '2026-03-02T00:00:00.123Z'],
    ['2026-03-01T23:30:00-05:30', '2026-03-02T05:00:00.000Z'],
    ['2026-03-02T00:00:00Z', '2026-03-02T00:00:00.000Z'],
  ])('takes %s as one instant, whatever the centre’s zone', (text, at) => {
    expect(span(text)).toEqual([at, at]);
    expect(span(text, 'America/New_York')).toEqual([at, at]);
  });

  it.each([undefined, '', 'yesterday', '2026-13-01', '2026-02-29', '2026-03-02T25:00:00Z'])(
    'finds no time in %p',
    (text) => {
      expect(span(text)).toBeNull();
      expect(span(text)).toBeNull();
    },
  );

  it('keeps the zones of one text apart', () => {
    expect(span('2026-03-02', 'UTC')).not.toEqual(span('2026-03-02', SHANGHAI));
  });
});

describe('age in completed years', () => {
  it.each([
    ['2008-03-02', '2026-03-01T15:59:59.999Z', 17],
    ['2008-03-02', '2026-03-01T16:00:00.000Z', 18],
    // Born on a leap day: a year older on 1 March of common years.
    ['2008-02-29', '2026-02-28T15:59:59.999Z', 17],
    ['2008-02-29', '2026-02-28T16:00:00.000Z', 18],
    ['2008-02-29', '2028-02-28T16:00:00.000Z', 20],
    // A bare month or year: the younger reading, its last day.
    ['2008-04', '2026-04-29T15:59:59.999Z', 17],
    ['2008-04', '2026-04-29T16:00:00.000Z', 18],
    ['2008', '2026-12-30T15:59:59.999Z', 17],
    ['2008', '2026-12-30T16:00:00.000Z', 18],
    ['2026-03-02', '2026-03-02T00:00:00.000Z', 0],
    ['2026-03-03', '2026-03-02T00:00:00.000Z', null],
    ['2008-02-30', '2026-03-02T00:00:00.000Z', null],
    ['', '2026-03-02T00:00:00.000Z', null],
    [null, '2026-03-02T00:00:00.000Z', null],
  ])('of one born %s is, at %s, %p', (birthDate, at, years) => {
    expect(ageInYears(birthDate, new Date(at), SHANGHAI)).toBe(years);
  });

  it('changes at the midnight of the centre, not at that of Greenwich', () => {
    const at = new Date('2026-03-01T20:00:00Z');
    expect(ageInYears('2008-03-02', at, SHANGHAI)).toBe(18);
    expect(ageInYears('2008-03-02', at, 'UTC')).toBe(17);
  });
});

describe('the age in days', () => {
  it.each([
    ['2026-03-02', '2026-03-01T16:00:00.000Z', 0],
    ['2026-03-02', '2026-03-02T15:59:59.999Z', 0],
    ['2026-03-02', '2026-03-02T16:00:00.000Z', 1],
    ['2026-02-28', '2026-03-02T00:00:00.000Z', 2],
    ['2025-03-02', '2026-03-02T00:00:00.000Z', 365],
    ['1986-01-01', '1987-01-01T00:00:00.000Z', 365],
    ['2026-02', '2026-03-02T00:00:00.000Z', 2],
    ['2026', '2026-03-02T00:00:00.000Z', null],
    ['2026-03-03', '2026-03-02T00:00:00.000Z', null],
    ['2026-02-30', '2026-03-02T00:00:00.000Z', null],
    [null, '2026-03-02T00:00:00.000Z', null],
  ])('of one born %s is, at %s, %p', (birthDate, at, days) => {
    expect(ageInDays(birthDate, new Date(at), SHANGHAI)).toBe(days);
  });

  it('counts days of the calendar where clocks are set forward', () => {
    expect(ageInDays('2026-03-28', new Date('2026-03-29T23:00:00Z'), 'Europe/Berlin')).toBe(2);
  });
});
