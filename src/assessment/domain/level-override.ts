import { type Level, type LevelCause } from './level.js';

/** How an override was ended before its date. */
export const ENDINGS = ['withdrawn', 'replaced', 'merged'] as const;
export type Ending = (typeof ENDINGS)[number];

/** What proved a level when the doctor decided, and the results that it rested on. */
export interface StandingReason {
  level: number;
  ruleId: string;
  /** Ids of results. */
  basis: readonly string[];
}

/** 改定: a doctor's own level for a person, beside the one that is computed; for a time, and with a reason. */
export interface LevelOverride {
  id: string;
  personId: string;
  /** `1` … `5`. */
  code: string;
  reason: string;
  /** Who decided, as the centre knows them. */
  doctor: string;
  /** The key that it was sent with. */
  madeBy: string;
  madeAt: Date;
  /** The first instant at which it does not count any more. */
  until: Date;
  /** The assessment that it stood beside; null where it was made before this was kept. */
  assessmentId: string | null;
  /** What was computed when the doctor decided. */
  computed: { version: number; code: string; text: string };
  standing: readonly StandingReason[];
  ended: { at: Date; by: string; because: Ending } | null;
}

export const OVERRIDE_STATES = ['in-force', 'expired', 'raised-again', ...ENDINGS] as const;
export type OverrideState = (typeof OVERRIDE_STATES)[number];

/** Where an override has come to, since when, and what speaks against it where it was raised again. */
export interface OverrideStanding {
  state: OverrideState;
  /** Since when; of one in force, when it was made. */
  at: Date;
  /** What proves a graver level than the doctor's, and was not there before them. */
  contrary: readonly LevelCause[];
}

/** A version of what was computed. */
export interface ComputedLevel {
  version: number;
  assessedAt: Date;
  level: Level;
}

/** What the doctor had before them: kept with the override, so that what is new can be told apart. */
export function standingReasons({ reasons }: Level): StandingReason[] {
  return reasons.map(({ level, ruleId, basis }) => ({ level, ruleId, basis: basis.map(({ id }) => id) }));
}

/**
 * What proves a graver level than the doctor's and was not before them: another rule, a rule that is graver now, or the
 * same rule on another result. A correction of the same result, as long as it proves the same, is nothing new.
 */
export function contraryTo(
  { code, standing }: Pick<LevelOverride, 'code' | 'standing'>,
  { reasons }: Level,
): LevelCause[] {
  return reasons.filter(({ level, ruleId, basis }) => {
    if (level >= Number(code)) return false;
    const known = standing.filter((one) => one.ruleId === ruleId && one.level <= level);
    return known.length === 0 || basis.some(({ id }) => !known.some((one) => one.basis.includes(id)));
  });
}

/**
 * Whichever came first ended it: its date, its withdrawal, or a computed level that new results made graver. Follows
 * from what is kept alone, so that no clock has to end it, and what ended it stays when later results are better.
 * @param computed versions of what was computed, in any order; those that the doctor saw are left out
 */
export function overrideStanding(
  override: LevelOverride,
  computed: readonly ComputedLevel[],
  now: Date,
): OverrideStanding {
  const { madeAt, until, ended } = override;
  const ends: OverrideStanding[] = [];
  // The person whose level the doctor saw is another's now: their versions are not comparable.
  const later = (ended?.because === 'merged' ? [] : computed)
    .filter(({ version }) => version > override.computed.version)
    .sort((a, b) => a.version - b.version);
  for (const { assessedAt, level } of later) {
    const contrary = contraryTo(override, level);
    if (contrary.length === 0) continue;
    ends.push({ state: 'raised-again', at: assessedAt, contrary });
    break;
  }
  if (until <= now) ends.push({ state: 'expired', at: until, contrary: [] });
  if (ended) ends.push({ state: ended.because, at: ended.at, contrary: [] });
  const [first] = ends.sort((a, b) => a.at.getTime() - b.at.getTime());
  return first ?? { state: 'in-force', at: madeAt, contrary: [] };
}

/** The level to act on, and whose it is. */
export interface LevelInForce {
  /** `1` … `5`, or `unknown`. */
  code: string;
  /** The level, or the range that it may be in. */
  text: string;
  by: 'rules' | 'doctor';
}

export function levelInForce(
  computed: Pick<Level, 'code' | 'text'>,
  override: { code: string; state: OverrideState } | null,
): LevelInForce {
  if (override?.state === 'in-force') return { code: override.code, text: override.code, by: 'doctor' };
  const { code, text } = computed;
  return { code, text, by: 'rules' };
}
