import { type FindingDraft } from '../../assessment/domain/finding.js';
import { TaskCalendar } from './calls-per-day.js';
import { compareJudgings, type Judged } from './compare-judgings.js';
import { ReplayTally } from './replay-tally.js';

const judged = (ruleId: string, observationId: string, change: Partial<FindingDraft> = {}): Judged => ({
  observationId,
  draft: { ruleId, component: 0, kind: 'finding', urgency: 'B', ...change } as FindingDraft,
});
const inWords = (before: Judged[], after: Judged[]): string[] =>
  compareJudgings(before, after).map(({ rule, observationId, component, from, to }) => {
    const [was, is] = [from, to].map((one) => (one ? `${one.kind} ${one.class}` : '-'));
    return `${rule} ${observationId}.${component}: ${was} → ${is}`;
  });

describe('two judgings of one person', () => {
  it.each<[string, Judged[], Judged[], string[]]>([
    ['that say the same differ in nothing', [judged('p/r', 'o1')], [judged('p/r', 'o1')], []],
    ['differ by what is gained', [], [judged('p/r', 'o1')], ['p/r o1.0: - → finding B']],
    ['and by what is lost', [judged('p/r', 'o1')], [], ['p/r o1.0: finding B → -']],
    [
      'and by class',
      [judged('p/r', 'o1')],
      [judged('p/r', 'o1', { urgency: 'A' })],
      ['p/r o1.0: finding B → finding A'],
    ],
    [
      'and by who decides',
      [judged('p/r', 'o1')],
      [judged('p/r', 'o1', { kind: 'review' })],
      ['p/r o1.0: finding B → review B'],
    ],
    [
      'for each result and component by itself',
      [judged('p/r', 'o1'), judged('p/r', 'o2')],
      [judged('p/r', 'o1', { component: 1 }), judged('p/r', 'o2')],
      ['p/r o1.0: finding B → -', 'p/r o1.1: - → finding B'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(inWords(before, after)).toEqual(expected);
  });

  it('are counted once a person and once a finding', () => {
    const tally = new ReplayTally();
    const add = (before: Judged[], after: Judged[], isPerson = true): void =>
      tally.add(before, after, compareJudgings(before, after), isPerson);
    add([judged('p/r', 'o1'), judged('p/r', 'o2')], [judged('p/s', 'o1'), judged('p/s', 'o2')]);
    add([judged('p/r', 'o3')], [judged('p/r', 'o3', { urgency: 'A' })]);
    add([judged('p/r', 'o4')], [judged('p/r', 'o4')]);
    add([], [judged('p/s', 'o5', { kind: 'review' })], false);
    expect(tally.people).toEqual({ examined: 3, gaining: 1, losing: 1, changing: 1, touched: 2 });
    expect(tally.waiting).toBe(1);
    expect(tally.rules).toEqual([
      {
        rule: 'p/r',
        inForce: { findings: 4, reviews: 0 },
        draft: { findings: 2, reviews: 0 },
        gained: 0,
        lost: 2,
        changed: 1,
      },
      {
        rule: 'p/s',
        inForce: { findings: 0, reviews: 0 },
        draft: { findings: 2, reviews: 1 },
        gained: 3,
        lost: 0,
        changed: 0,
      },
    ]);
  });
});

it('the load of a day is that of the days on which results were released', () => {
  const calendar = new TaskCalendar();
  for (const day of ['2026-03-03', '2026-03-02', '2026-03-02', '2026-03-05']) calendar.released(day);
  for (const day of ['2026-03-02', '2026-03-05', '2026-03-05', '2026-03-05'])
    calendar.opened('draft', 'calls', day);
  calendar.opened('inForce', 'reviews', '2026-03-03');
  expect(calendar.days.map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03', '2026-03-05']);
  expect(calendar.load('draft', 'calls')).toEqual({
    total: 4,
    perDay: 1.33,
    busiest: { day: '2026-03-05', tasks: 3 },
  });
  expect(calendar.load('inForce', 'calls')).toEqual({ total: 0, perDay: 0, busiest: null });
  expect(calendar.load('inForce', 'reviews').total).toBe(1);
  expect(new TaskCalendar().load('draft', 'calls')).toEqual({ total: 0, perDay: 0, busiest: null });
});
