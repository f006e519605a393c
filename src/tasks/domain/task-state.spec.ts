import { isTaken, mayBecome, type TaskStatus, TRANSITIONS } from './task-state.js';

const ALL: TaskStatus[] = ['requested', 'accepted', 'in-progress', 'on-hold', 'completed', 'cancelled'];
const CLOSED: TaskStatus[] = ['completed', 'cancelled'];

describe('the states of a task', () => {
  it.each(ALL)('from %s: an open task may become any other, a closed one none', (from) => {
    for (const to of ALL) expect(mayBecome(from, to)).toBe(!CLOSED.includes(from) && from !== to);
  });

  it('are all in the table', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...ALL].sort());
  });

  it.each(ALL)('%s: taken while somebody has it in hand', (status) => {
    expect(isTaken(status)).toBe(status === 'accepted' || status === 'in-progress');
  });
});
