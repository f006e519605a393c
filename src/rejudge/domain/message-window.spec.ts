import { v7 } from 'uuid';
import { idBefore } from './message-window.js';

const MINUTE = 60_000;
const made = (msecs: number): string => v7({ msecs });

describe('the least id of some minutes before', () => {
  const now = Date.UTC(2026, 2, 2, 2);

  it('is above what was made earlier and not above what was made since', () => {
    const bound = idBefore(made(now), 5 * MINUTE);
    expect(made(now - 5 * MINUTE - 1) < bound).toBe(true);
    for (const ms of [5 * MINUTE, MINUTE, 0]) expect(bound <= made(now - ms)).toBe(true);
  });

  it('is below everything where there is no message, or an id of another kind', () => {
    expect(idBefore('', MINUTE)).toBe('');
    expect(idBefore('00000000-0000-4000-8000-000000000000', MINUTE)).toBe('');
    expect(idBefore(made(10), MINUTE)).toBe('00000000-0000-7000-8000-000000000000');
  });
});
