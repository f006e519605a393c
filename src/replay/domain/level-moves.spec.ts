import { levelChange, LevelMoves, type LevelStands } from './level-moves.js';

const at = (code: string, text = code): LevelStands => ({ code, text });

describe('levels under two versions of the rules', () => {
  it.each<[string, LevelStands | null, LevelStands | null, string | null]>([
    ['the same', at('3'), at('3'), null],
    ['none under either', null, null, null],
    ['another', at('3'), at('1'), '3 → 1'],
    ['another range of the same level', at('3', '1–3'), at('3'), '1–3 → 3'],
    ['proven now what was open', at('unknown', '1–5'), at('5', '1–5'), '1–5 → 1–5'],
    ['none any more', at('3'), null, '3 → -'],
    ['a first plan', null, at('unknown'), '- → unknown'],
  ])('%s', (_, inForce, draft, expected) => {
    const change = levelChange(inForce, draft);
    expect(change && `${change.from?.text ?? '-'} → ${change.to?.text ?? '-'}`).toBe(expected);
  });

  it('are counted from level to level, the gravest first; who stays is counted, and moves nowhere', () => {
    const moves = new LevelMoves();
    for (const [from, to] of [
      [at('unknown', '1–5'), at('3')],
      [at('5'), at('5')],
      [at('3'), at('1')],
      [at('3'), at('2', '1–2')],
      [at('3'), at('1')],
      [null, null],
    ] as const)
      moves.add(from, to);
    expect(moves.tally).toEqual({
      changing: 4,
      moves: [
        { from: at('3'), to: at('1'), people: 2 },
        { from: at('3'), to: at('2', '1–2'), people: 1 },
        { from: at('5'), to: at('5'), people: 1 },
        { from: at('unknown', '1–5'), to: at('3'), people: 1 },
      ],
    });
  });

  it('keep nothing of a level but its code and range', () => {
    const level = { ...at('3'), notes: ['long'] };
    expect(levelChange(level, at('1'))?.from).toEqual(at('3'));
  });
});
