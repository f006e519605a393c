import fc from 'fast-check';
import { cause, levelOf } from '../../../test/support/level-cause.js';
import {
  type ComputedLevel,
  contraryTo,
  levelInForce,
  type LevelOverride,
  overrideStanding,
  standingReasons,
} from './level-override.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 2, n));
const pressure = cause(2, 'bp/grade-2', 'o1');

/** On 2 March a doctor makes a 4 of a 2, until 1 April. */
function override(more: Partial<LevelOverride> = {}): LevelOverride {
  return {
    id: 'one',
    personId: 'p',
    assessmentId: 'a',
    code: '4',
    reason: 'white coat',
    doctor: 'Dr Li',
    madeBy: 'key:1',
    madeAt: day(2),
    until: day(32),
    computed: { version: 3, code: '2', text: '2' },
    standing: standingReasons(levelOf(pressure)),
    ended: null,
    ...more,
  };
}

function computed(version: number, at: number, ...reasons: Parameters<typeof levelOf>): ComputedLevel {
  return { version, assessedAt: day(at), level: levelOf(...reasons) };
}

describe('an override of a level', () => {
  it.each<[string, ComputedLevel[], number, string]>([
    ['counts while what the doctor saw stands', [computed(3, 1, pressure)], 3, 'in-force'],
    ['counts when it got better', [computed(4, 5)], 6, 'in-force'],
    [
      'counts when what is new is no graver than it',
      [computed(4, 5, pressure, cause(4, 'smoking', 'o2'))],
      6,
      'in-force',
    ],
    ['counts when a result is corrected and proves the same', [computed(4, 5, pressure)], 6, 'in-force'],
    ['is raised again by a graver level', [computed(4, 5, cause(1, 'bp/grade-3', 'o2'))], 6, 'raised-again'],
    [
      'is raised again by another reason graver than it',
      [computed(4, 5, pressure, cause(3, 'ldl', 'o2'))],
      6,
      'raised-again',
    ],
    [
      'is raised again by the same reason on another result',
      [computed(4, 5, cause(2, 'bp/grade-2', 'o9'))],
      6,
      'raised-again',
    ],
    [
      'is raised again by a rule that is graver now',
      [computed(4, 5, cause(1, 'bp/grade-2', 'o1'))],
      6,
      'raised-again',
    ],
    [
      'stays raised when it gets better later',
      [computed(5, 8), computed(4, 5, cause(1, 'x', 'o2'))],
      9,
      'raised-again',
    ],
    ['ends at its date', [], 32, 'expired'],
    ['counts until the instant before', [], 31, 'in-force'],
    ['what came after its date did not raise it', [computed(4, 40, cause(1, 'x', 'o2'))], 41, 'expired'],
  ])('%s', (_, versions, now, state) => {
    expect(overrideStanding(override(), versions, day(now)).state).toBe(state);
  });

  it('names what raised it, and when', () => {
    const grave = cause(1, 'bp/grade-3', 'o2');
    expect(overrideStanding(override(), [computed(4, 5, grave, pressure)], day(6))).toEqual({
      state: 'raised-again',
      at: day(5),
      contrary: [grave],
    });
  });

  it('that makes a level graver is not raised by what is milder than it', () => {
    const strict = override({ code: '1' });
    const worse = computed(4, 5, cause(2, 'x', 'o2'));
    expect(overrideStanding(strict, [worse], day(6)).state).toBe('in-force');
  });

  it('that was withdrawn first is withdrawn, and ended by a merge whatever the other person has', () => {
    const grave = computed(9, 8, cause(1, 'x', 'o2'));
    const ended = { at: day(4), by: 'key:1', because: 'withdrawn' as const };
    expect(overrideStanding(override({ ended }), [grave], day(9)).state).toBe('withdrawn');
    const merged = { ...ended, because: 'merged' as const };
    const before = computed(9, 1, cause(1, 'x', 'o2'));
    expect(overrideStanding(override({ ended: merged }), [before], day(9)).state).toBe('merged');
  });

  it('never hides a level graver than what the doctor saw', () => {
    const reason = fc.record({
      level: fc.integer({ min: 1, max: 4 }),
      rule: fc.constantFrom('a', 'b', 'c'),
      result: fc.constantFrom('1', '2', '3'),
    });
    const level = fc.array(reason, { maxLength: 4 }).map((list) => {
      const byRule = new Map(list.map((one) => [one.rule, one]));
      return levelOf(...[...byRule.values()].map((one) => cause(one.level, one.rule, one.result)));
    });
    fc.assert(
      fc.property(level, level, fc.integer({ min: 1, max: 5 }), (seen, now, code) => {
        const made = override({ code: String(code), standing: standingReasons(seen) });
        const isContrary = contraryTo(made, now).length > 0;
        if (Number(now.code) < Number(seen.code) && Number(now.code) < code) expect(isContrary).toBe(true);
        if (Number(now.code) >= code) expect(isContrary).toBe(false);
        expect(contraryTo(made, seen)).toEqual([]);
      }),
    );
  });

  it('one rule may stand on several results: a second one that comes later is news, the one that was seen is not', () => {
    const first = cause(2, 'marker/above', 'cea');
    const second = cause(2, 'marker/above', 'ca19-9');
    const made = override({ standing: standingReasons(levelOf(first)) });
    expect(contraryTo(made, levelOf(second, first))).toEqual([second]);
    const saw = override({ standing: standingReasons(levelOf(first, second)) });
    expect(contraryTo(saw, levelOf(second, first))).toEqual([]);
  });

  it('is the level to act on only while it is in force', () => {
    const rules = { code: '2', text: '1–2' };
    expect(levelInForce(rules, { code: '4', state: 'in-force' })).toEqual({
      code: '4',
      text: '4',
      by: 'doctor',
    });
    expect(levelInForce(rules, { code: '4', state: 'raised-again' })).toEqual({ ...rules, by: 'rules' });
    expect(levelInForce(rules, null)).toEqual({ ...rules, by: 'rules' });
  });
});
