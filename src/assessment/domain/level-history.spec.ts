import { cause, levelOf } from '../../../test/support/level-cause.js';
import { isBeside, levelHistory } from './level-history.js';
import { type ComputedLevel, type LevelOverride, standingReasons } from './level-override.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n));
const pressure = cause(2, 'bp/grade-2', 'o1');

function override(id: string, more: Partial<LevelOverride> = {}): LevelOverride {
  return {
    ...{ id, personId: 'p', assessmentId: 'a', code: '4', reason: 'white coat', doctor: 'Dr Li' },
    ...{ madeBy: 'key:1', madeAt: day(2), until: day(20), ended: null },
    computed: { version: 1, code: '2', text: '2' },
    standing: standingReasons(levelOf(pressure)),
    ...more,
  };
}
const computed = (version: number, at: number, ...reasons: Parameters<typeof levelOf>): ComputedLevel => ({
  version,
  assessedAt: day(at),
  level: levelOf(...reasons),
});
const told = (...[levels, overrides, now]: Parameters<typeof levelHistory>) =>
  levelHistory(levels, overrides, now).map(
    ({ version, updatedAt, assessedAt, override: own }) =>
      `${version}: ${updatedAt.getUTCDate()} of ${assessedAt.getUTCDate()} ${own?.id ?? '-'}`,
  );

describe('the versions of a level', () => {
  const first = computed(1, 1, pressure);
  const worse = computed(2, 9, cause(1, 'bp/grade-3', 'o2'));

  it('are those that were computed where no doctor said otherwise', () => {
    expect(told([worse, first], [], day(10))).toEqual(['1: 1 of 1 -', '2: 9 of 9 -']);
  });

  it('an override makes one as it begins, and one as its date, or somebody, ends it', () => {
    expect(told([first], [override('x')], day(3))).toEqual(['1: 1 of 1 -', '2: 2 of 1 x']);
    expect(told([first], [override('x')], day(20))).toEqual(['1: 1 of 1 -', '2: 2 of 1 x', '3: 20 of 1 -']);
    const ended = { at: day(4), by: 'key:1', because: 'withdrawn' as const };
    expect(told([first], [override('x', { ended })], day(25)).at(-1)).toBe('3: 4 of 1 -');
  });

  it('what raises it again is one version, not two', () => {
    expect(told([first, worse], [override('x')], day(25))).toEqual([
      '1: 1 of 1 -',
      '2: 2 of 1 x',
      '3: 9 of 9 -',
    ]);
  });

  it('one that takes the place of another is one version; at one instant the order is that of what was known', () => {
    const replaced = override('x', { ended: { at: day(4), by: 'key:1', because: 'replaced' } });
    const next = override('y', { code: '5', madeAt: day(4) });
    expect(told([first], [replaced, next], day(5))).toEqual(['1: 1 of 1 -', '2: 2 of 1 x', '3: 4 of 1 y']);
    const now = override('z', {
      madeAt: day(1),
      ended: { at: day(1), by: 'key:1', because: 'withdrawn' },
    });
    expect(told([first], [now], day(1))).toEqual(['1: 1 of 1 -', '2: 1 of 1 z', '3: 1 of 1 -']);
  });

  it('an override of a record that became part of this one is none of its versions', () => {
    const assessment = { id: 'a', personId: 'p' };
    expect(isBeside(override('x'), assessment)).toBe(true);
    expect(isBeside(override('x', { assessmentId: 'b' }), assessment)).toBe(false);
    expect(isBeside(override('x', { personId: 'q' }), assessment)).toBe(false);
    const merged = { at: day(3), by: 'merge', because: 'merged' as const };
    expect(isBeside(override('x', { assessmentId: null, ended: merged }), assessment)).toBe(false);
    expect(isBeside(override('x', { assessmentId: null }), assessment)).toBe(true);
  });
});
