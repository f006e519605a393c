import fc from 'fast-check';
import { ChangeWindow, type TaskChange } from './change-window.js';

const REACH = 30_000;
const START = Date.parse('2026-03-02T02:00:00Z');
const change = (id: string, version: number, at = 0): TaskChange => ({
  id,
  version,
  updatedAt: new Date(START + at),
});
const at = (ms: number): Date => new Date(START + ms);
const window = (): ChangeWindow<TaskChange> => new ChangeWindow(new Date(START), REACH);

describe('the window of changes', () => {
  it('tells each version of a task once', () => {
    const seen = window();
    const [one, two] = [change('a', 1), change('b', 1, 5)];
    expect(seen.take([one, two])).toEqual([one, two]);
    expect(seen.take([one, two])).toEqual([]);
    expect(seen.take([one, change('b', 2, 9)])).toEqual([change('b', 2, 9)]);
  });

  it('tells what ends late, behind what is known', () => {
    const seen = window();
    seen.take([change('a', 1, 10_000)]);
    expect(seen.from(2000, at(60_000))).toEqual(new Date(START + 8000));
    expect(seen.take([change('late', 1, 8500), change('a', 1, 10_000)])).toEqual([change('late', 1, 8500)]);
    expect(seen.from(2000, at(60_000))).toEqual(new Date(START + 8000));
  });

  it('goes on where the clock is set back, and tells nothing again', () => {
    const seen = window();
    const known = change('a', 1, 3_600_000);
    seen.take([known]);
    expect(seen.from(2000, at(1000))).toEqual(new Date(START - 1000));
    expect(seen.take([known, change('b', 1, 1000), change('a', 2, 1500)])).toEqual([
      change('b', 1, 1000),
      change('a', 2, 1500),
    ]);
    expect(seen.take([change('b', 1, 1000), change('a', 2, 1500)])).toEqual([]);
  });

  it('never tells an older version after a newer one', () => {
    const seen = window();
    seen.take([change('a', 3)]);
    expect(seen.take([change('a', 2)])).toEqual([]);
  });

  it('tells all changes once, however they come to be seen, within its reach', () => {
    const changes = fc.uniqueArray(fc.record({ task: fc.nat(5), at: fc.nat(REACH - 1), late: fc.nat(20) }), {
      selector: ({ task, at }) => `${task} ${at}`,
      maxLength: 40,
    });
    fc.assert(
      fc.property(changes, (made) => {
        const versions = new Map<number, number>();
        const all = [...made]
          .sort((a, b) => a.at - b.at)
          .map(({ task, at, late }, place) => {
            const version = (versions.get(task) ?? 0) + 1;
            versions.set(task, version);
            return { ...change(String(task), version, at), visibleFrom: place + late };
          });
        const seen = window();
        const told: TaskChange[] = [];
        for (let look = 0; look < all.length + 21; look++) {
          // A row shows its latest committed version alone.
          const shown = new Map<string, TaskChange>();
          for (const one of all) if (one.visibleFrom <= look) shown.set(one.id, one);
          const from = seen.from(REACH, at(REACH)).getTime();
          told.push(...seen.take([...shown.values()].filter(({ updatedAt }) => updatedAt.getTime() >= from)));
        }
        const lastTold = new Map(told.map(({ id, version }) => [Number(id), version]));
        expect(lastTold).toEqual(versions);
        expect(new Set(told.map(({ id, version }) => `${id} ${version}`)).size).toBe(told.length);
      }),
    );
  });
});
