import { cause, levelOf } from '../../../test/support/level-cause.js';
import { directionOf, movesOf } from './level-moves.js';

describe('how a level moves', () => {
  it.each([
    ['3', '2', 'graver'],
    ['unknown', '4', 'graver'],
    ['2', '3', 'milder'],
    ['4', 'unknown', 'milder'],
    ['unknown', '5', 'other'],
    ['3', '3', 'other'],
  ])('from %s to %s is %s', (from, to, direction) => {
    expect(directionOf(from, to)).toBe(direction);
  });

  it('is told with what came and what went, latest first', () => {
    const [bp, ldl] = [cause(3, 'bp', '1'), cause(2, 'ldl', '2')];
    const at = (n: number): Date => new Date(Date.UTC(2026, 0, n));
    const version = (n: number, level: ReturnType<typeof levelOf>, rules: string) => ({
      version: n,
      assessedAt: at(n),
      ruleSetVersion: rules,
      level,
    });
    const moves = movesOf([
      version(3, levelOf(ldl), 'b'),
      version(2, levelOf(bp, ldl), 'a'),
      version(1, levelOf(bp), 'a'),
    ]);
    expect(moves).toEqual([
      {
        version: 3,
        at: at(3),
        from: { code: '2', text: '2' },
        to: { code: '2', text: '2' },
        direction: 'other',
        gained: [],
        gone: [bp],
        isUnderOtherRules: true,
      },
      {
        version: 2,
        at: at(2),
        from: { code: '3', text: '3' },
        to: { code: '2', text: '2' },
        direction: 'graver',
        gained: [ldl],
        gone: [],
        isUnderOtherRules: false,
      },
    ]);
  });
});
