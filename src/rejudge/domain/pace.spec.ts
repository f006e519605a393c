import { Pace, type WaitingPerson } from './pace.js';

const people = (n: number, rows = 60): WaitingPerson[] =>
  Array.from({ length: n }, (_, i) => ({ id: String(i), rows }));
const taken = (pace: Pace, waiting = people(200)): number => pace.next(waiting).length;

describe('how many people are judged in one transaction', () => {
  it('grows while they take less than a moment, up to 64', () => {
    const pace = new Pace();
    const sizes = [taken(pace)];
    for (let turn = 0; turn < 5; turn++) {
      pace.note(sizes.at(-1)!, 5, false);
      sizes.push(taken(pace));
    }
    expect(sizes).toEqual([8, 16, 32, 64, 64, 64]);
  });

  it('is what fits into 60 ms, and into 15 ms while others are served', () => {
    const pace = new Pace();
    for (let turn = 0; turn < 5; turn++) pace.note(taken(pace), 3 * taken(pace), false);
    expect(taken(pace)).toBe(20);
    pace.note(20, 60, true);
    expect(taken(pace)).toBe(5);
  });

  it('is halved at most by one slow turn, and never less than one', () => {
    const pace = new Pace();
    pace.note(8, 5000, false);
    expect(taken(pace)).toBe(4);
    for (let turn = 0; turn < 9; turn++) pace.note(1, 5000, false);
    expect(taken(pace)).toBe(1);
    pace.note(1, 5000, true);
    expect(taken(pace)).toBe(1);
  });

  it('ends before more than 8,000 rows, but for somebody who has more alone', () => {
    const pace = new Pace();
    expect(taken(pace, people(200, 1600))).toBe(5);
    expect(taken(pace, [{ id: 'wearable', rows: 500_000 }, ...people(9)])).toBe(1);
    expect(taken(pace, [...people(3), { id: 'wearable', rows: 500_000 }])).toBe(3);
  });

  it('is never more than was asked for, nor than there are', () => {
    expect(taken(new Pace(1))).toBe(1);
    expect(taken(new Pace(), people(2))).toBe(2);
    expect(taken(new Pace(), [])).toBe(0);
  });
});
