import { type Level, type LevelCause } from './level.js';

/** A version of a person's level. */
export interface LevelVersion {
  version: number;
  assessedAt: Date;
  ruleSetVersion: string;
  level: Level;
}

export const DIRECTIONS = ['graver', 'milder', 'other'] as const;
/** `other`: the code is the same, or as good as: 5 and unknown both mean that nothing is proven. */
export type Direction = (typeof DIRECTIONS)[number];

/** What became of a level from one version to the next. */
export interface LevelMove {
  version: number;
  at: Date;
  from: { code: string; text: string };
  to: { code: string; text: string };
  direction: Direction;
  /** What proves a level now and did not before, or proved another. */
  gained: readonly LevelCause[];
  /** What proved a level before and does not any more. */
  gone: readonly LevelCause[];
  /** Other rules decided: what moved may be they, or results that came with them. */
  isUnderOtherRules: boolean;
}

export function moveBetween(before: LevelVersion, after: LevelVersion): LevelMove {
  const { version, assessedAt, level, ruleSetVersion } = after;
  const old = before.level;
  return {
    version,
    at: assessedAt,
    from: { code: old.code, text: old.text },
    to: { code: level.code, text: level.text },
    direction: directionOf(old.code, level.code),
    gained: level.reasons.filter((one) => !holds(old, one)),
    gone: old.reasons.filter((one) => !holds(level, one)),
    isUnderOtherRules: before.ruleSetVersion !== ruleSetVersion,
  };
}

/** @param versions latest first, without a gap */
export function movesOf(versions: readonly LevelVersion[]): LevelMove[] {
  return versions.slice(0, -1).map((after, i) => moveBetween(versions[i + 1]!, after));
}

export function directionOf(from: string, to: string): Direction {
  const [before, after] = [rankOf(from), rankOf(to)];
  return after < before ? 'graver' : after > before ? 'milder' : 'other';
}

/** Grave ones first; nothing is proven at 5, nor where nothing is known. */
function rankOf(code: string): number {
  return code === 'unknown' ? 5 : Number(code);
}

function holds({ reasons }: Level, { ruleId, level }: LevelCause): boolean {
  return reasons.some((one) => one.ruleId === ruleId && one.level === level);
}
