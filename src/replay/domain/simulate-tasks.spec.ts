import fc from 'fast-check';
import { type Asking, type DueTime, ringsAt, simulateTasks } from './simulate-tasks.js';

const HOUR = 3_600_000;
const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2) + hour * HOUR);
/** Made for tests: A within 2 h, important within 10 h, B within 168 h. */
const HOURS = { A: 2, important: 10, B: 168, C: 720 };
const dueTime: DueTime = (urgency, from) => new Date(from.getTime() + HOURS[urgency] * HOUR);
const opened = (...asking: [number, Asking['urgency']][]): number[] =>
  simulateTasks(
    asking.map(([hour, urgency]) => ({ at: at(hour), urgency })),
    dueTime,
  ).map((date) => (date.getTime() - at(0).getTime()) / HOUR);

it.each<[string, number, [number, number][], number | null]>([
  ['at once where nothing is silenced', 5, [], 5],
  ['at once before and after a silence', 5, [[6, 9], [0, 5]], 5],
  ['when the silence over it has ended', 5, [[0, 9]], 9],
  ['when the last of two has', 5, [[0, 9], [3, 20]], 20],
  ['not at all while one counts', 5, [[0, 9], [3, 200]], null],
])('a finding rings %s', (_, made, silences, expected) => {
  const over = silences.map(([from, until]) => ({ from: at(from), until: at(until) }));
  expect(ringsAt(at(made), over, at(100))).toEqual(expected === null ? null : at(expected));
}); // prettier-ignore

describe('tasks that would have opened', () => {
  it.each<[string, [number, Asking['urgency']][], number[]]>([
    ['none for nothing', [], []],
    [
      'one for all findings of one checkup',
      [
        [0, 'B'],
        [0, 'B'],
        [0, 'A'],
      ],
      [0],
    ],
    [
      'one for what comes before it is due',
      [
        [0, 'important'],
        [9, 'B'],
      ],
      [0],
    ],
    [
      'another for what comes after it is due',
      [
        [0, 'important'],
        [11, 'B'],
      ],
      [0, 11],
    ],
    [
      'another after a graver finding has hastened the first',
      [
        [0, 'B'],
        [1, 'A'],
        [4, 'B'],
      ],
      [0, 4],
    ],
    [
      'none for what is less grave to hold it open longer',
      [
        [0, 'A'],
        [1, 'C'],
        [3, 'C'],
      ],
      [0, 3],
    ],
    [
      'in the order of time, whatever the order of the results',
      [
        [11, 'B'],
        [0, 'important'],
      ],
      [0, 11],
    ],
  ])('%s', (_, asking, expected) => {
    expect(opened(...asking)).toEqual(expected);
  });

  it('are as many as an hour-by-hour play of the queue opens', () => {
    const urgency = fc.constantFrom<Asking['urgency']>('A', 'important', 'B', 'C');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), urgency), { maxLength: 12 }), (asking) => {
        const openings: number[] = [];
        let due = -1;
        for (let hour = 0; hour <= 400; hour++) {
          const now = asking.filter(([when]) => when === hour).map(([, one]) => hour + HOURS[one]);
          if (now.length === 0) continue;
          if (hour > due) {
            openings.push(hour);
            due = Math.min(...now);
          } else due = Math.min(due, ...now);
        }
        expect(opened(...asking)).toEqual(openings);
      }),
    );
  });
});
