import { type Level } from '../../assessment/domain/level.js';

/** A level as it is kept: its code, and the text with the range that it may be in. */
export type LevelStands = Pick<Level, 'code' | 'text'>;

/** Where a person would move. Null: that version of the rules gives no levels. */
export interface LevelChange {
  from: LevelStands | null;
  to: LevelStands | null;
}

/** So many people are at one level under the rules in force and at the other under the draft. */
export interface LevelMove extends LevelChange {
  people: number;
}

export interface LevelTally {
  /** People whose code or range would be another. */
  changing: number;
  /** From level to level, those who stay among them; the gravest first. */
  moves: LevelMove[];
}

/** Null: the same level under both versions. */
export function levelChange(inForce: LevelStands | null, draft: LevelStands | null): LevelChange | null {
  if (inForce?.code === draft?.code && inForce?.text === draft?.text) return null;
  return { from: inForce && standsAt(inForce), to: draft && standsAt(draft) };
}

/** Counts who moves from which level to which; its size is that of the levels, not of the people. */
export class LevelMoves {
  readonly #moves = new Map<string, LevelMove>();

  add(inForce: LevelStands | null, draft: LevelStands | null): void {
    if (!inForce && !draft) return;
    const key = [inForce?.code, inForce?.text, draft?.code, draft?.text].join(' ');
    const known = this.#moves.get(key);
    if (known) known.people++;
    else
      this.#moves.set(key, {
        from: inForce && standsAt(inForce),
        to: draft && standsAt(draft),
        people: 1,
      });
  }

  get tally(): LevelTally {
    const moves = [...this.#moves.values()].sort((a, b) => inOrder(a.from, b.from) || inOrder(a.to, b.to));
    const changing = moves.reduce(
      (sum, { from, to, people }) => sum + (levelChange(from, to) ? people : 0),
      0,
    );
    return { changing, moves };
  }
}

function standsAt({ code, text }: LevelStands): LevelStands {
  return { code, text };
}

/** By code, `unknown` behind 5; then by range; without a level last. */
function inOrder(a: LevelStands | null, b: LevelStands | null): number {
  const rank = (one: LevelStands | null): string => (one ? `${one.code} ${one.text}` : '~');
  return rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? -1 : 1;
}
