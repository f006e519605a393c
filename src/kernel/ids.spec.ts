import { SystemClock } from './clock.js';
import { newId } from './ids.js';

const wall = (ms: number): jest.SpyInstance => {
  const set = new Date(Date.now() + ms);
  return jest.spyOn(SystemClock.prototype, 'now').mockReturnValue(set);
};

describe('a new id', () => {
  const ids = Array.from({ length: 20_000 }, newId);

  it('is a UUIDv7', () => {
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is never given twice, and rises', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('rises where the clock is set back', () => {
    const before = newId();
    const clock = wall(-3_600_000);
    const after = [newId(), newId()];
    clock.mockRestore();
    expect([before, ...after].sort()).toEqual([before, ...after]);
    expect(newId() > after[1]!).toBe(true);
  });

  it('goes back with a clock that was years ahead', () => {
    const clock = wall(30 * 86_400_000);
    const ahead = newId();
    clock.mockRestore();
    expect(newId() < ahead).toBe(true);
  });

  it('ends at random: another process that counts alike gives other ids', () => {
    expect(new Set(ids.map((id) => id.slice(-12))).size).toBeGreaterThan(ids.length - 3);
  });
});
