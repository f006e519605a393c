import { readFileSync } from 'node:fs';
import { AppError } from '../../kernel/index.js';
import { type NotificationPolicy } from './policy.js';
import { POLICY_PATH, readPolicy } from './read-policy.js';

const TEXT = readFileSync(`rules/${POLICY_PATH}`, 'utf8');
const read = (text: string): NotificationPolicy => readPolicy({ path: POLICY_PATH, text });

function faultsOf(text: string): { message: string; path?: string }[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.code).toBe('rules-refused');
    return [...error.faults];
  }
}

describe('the notification policy', () => {
  it('is what its file says', () => {
    expect(read(TEXT)).toMatchObject({
      tell_within: { A: { hours: 2 } },
      freshness: { days: 30, days_class_A: 90 },
    });
    expect(read(TEXT.replace('guardian_below: 18', 'guardian_below: 14')).minors.guardian_below).toBe(14);
  });

  it('needs no list of holidays', () => {
    const text = TEXT.replace(/^holidays:.*$/m, '').replace(/^extra_workdays:.*$/m, '');
    expect(read(text)).toMatchObject({ holidays: [], extra_workdays: [] });
  });

  it('read twice stays apart', () => {
    read(TEXT).holidays.push('2026-01-01');
    expect(read(TEXT).holidays).toEqual([]);
  });
});

describe('a broken policy is refused at its line', () => {
  it.each<[string, string, string, string, RegExp]>([
    ['a misspelt member', 'late_review:', 'late_reviw:', 'late_reviw', /additional properties.*late_reviw/],
    ['a misspelt limit', 'A: { hours: 2 }', 'A: { hour: 2 }', '{ hour: 2 }', /hour/],
    ['a number in words', 'days: 30\n', 'days: thirty\n', 'days: thirty', /must be number/],
    ['a limit of no hours', 'hours: 2 }', 'hours: 0 }', 'hours: 0', /must be > 0/],
    ['an unknown urgency', 'important-results: important', 'important-results: urgent', 'urgent', /allowed/],
    ['a time that is none', 'to: "17:30"', 'to: "25:30"', '25:30', /must match pattern/],
    ['a day that ends before it began', 'to: "17:30"', 'to: "07:30"', '07:30', /later than from/],
    [
      'a holiday that is no day',
      'holidays: []',
      'holidays: ["2027-01-01", "2027-02-29"]',
      'holidays: [',
      /no day/,
    ],
    ['a holiday in words', 'holidays: []', 'holidays:\n  - "2027-01-01"\n  - Monday', '- Monday', /pattern/],
    ['a weekday too many', '[1, 2, 3, 4, 5, 6, 7]', '[1, 8]', '[1, 8]', /<= 7/],
    ['a member twice', 'late_review:', 'minors: { guardian_below: 18 }\nlate_review:', 'minors:\n', /unique/],
    [
      'class A told later than in two hours',
      'A: { hours: 2 }',
      'A: { hours: 2.5 }',
      'A: { hours: 2.5',
      /^\/tell_within\/A is \{ hours: 2\.5 \}; expected \{ hours: 2 \} or less/,
    ],
    [
      'class A in days',
      'A: { hours: 2 }',
      'A: { days: 1 }',
      'A: { days: 1',
      /is \{ days: 1 \}; expected \{ hours: 2 \}/,
    ],
    [
      'class A within the working day',
      'A: { hours: 2 }',
      'A: { same_working_day: true }',
      'A: { same',
      /is \{ same_working_day: true \}; expected \{ hours: 2 \}/,
    ],
    [
      'class B after a week',
      'B: { days: 7 }',
      'B: { days: 8 }',
      'B: { days: 8',
      /B is \{ days: 8 \}; expected \{ days: 7 \}/,
    ],
    ['broken YAML', 'packs:', 'packs: [', '', /./],
  ])('%s', (_, from, to, at, message) => {
    const text = TEXT.replace(from, to);
    expect(text).not.toBe(TEXT);
    const line = text.slice(0, text.indexOf(at)).split('\n').length;
    const faults = faultsOf(text);
    const said = faults.find((fault) => message.test(fault.message));
    expect(said).toBeDefined();
    expect(said?.path).toMatch(/^notification\/policy\.yaml:\d+:\d+$/);
    if (at) expect(said?.path?.split(':')[1]).toBe(String(line));
  });

  it.each([
    ['A', '{ hours: 2 }', '{ hours: 0.5 }'],
    ['A', '{ hours: 2 }', '{ days: 0.05 }'],
    ['B', '{ days: 7 }', '{ hours: 168 }'],
    ['B', '{ days: 7 }', '{ days: 1 }'],
    ['B', '{ days: 7 }', '{ same_working_day: true }'],
    ['important', '{ same_working_day: true }', '{ hours: 4 }'],
    ['C', '{ days: 30 }', '{ days: 90 }'],
  ])('but not a limit that class %s may have: %s → %s', (urgency, from, to) => {
    const text = TEXT.replace(`${urgency}: ${from}`, `${urgency}: ${to}`);
    expect(text).not.toBe(TEXT);
    expect(faultsOf(text)).toEqual([]);
  });

  it('both limits that are too long, each at its line', () => {
    const faults = faultsOf(TEXT.replace('hours: 2', 'hours: 24').replace('days: 7', 'days: 14'));
    const line = TEXT.slice(0, TEXT.indexOf('  A: {')).split('\n').length;
    expect(faults.map(({ path }) => path)).toEqual([
      `notification/policy.yaml:${line}:3`,
      `notification/policy.yaml:${line + 2}:3`,
    ]);
  });

  it('all faults at once, and an empty file too', () => {
    expect(faultsOf(TEXT.replace('hours: 2', 'hours: 0').replace('days: 7', 'days: 0')).length).toBe(2);
    expect(faultsOf('')).toHaveLength(1);
  });

  it('a missing member by the place where it should be', () => {
    const faults = faultsOf(TEXT.replace('  A: { hours: 2 }\n', ''));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain("'A'");
  });
});
