import { type ComputedLevel, contraryTo, type LevelOverride, overrideStanding } from './level-override.js';

/** What was to be read of somebody's level from an instant on: what was computed, and what a doctor said beside it. */
export interface LevelVersion extends ComputedLevel {
  /** From when on it was to be read so; the level itself may be older. */
  updatedAt: Date;
  /** A doctor's own level, while it counted. */
  override: LevelOverride | null;
}

/** An override that stood beside this assessment: that of a record which became part of the person's did not. */
export function isBeside(
  { personId, assessmentId, ended }: LevelOverride,
  assessment: { id: string; personId: string },
): boolean {
  if (personId !== assessment.personId) return false;
  return assessmentId === null ? ended?.because !== 'merged' : assessmentId === assessment.id;
}

type Event = { at: number; order: number } & (
  { computed: ComputedLevel } | { begins: LevelOverride } | { ends: LevelOverride }
);

/**
 * Every version of a level as it was to be read, earliest first, numbered from 1: each level computed, and each time a
 * doctor's own level began, ended or was raised again. Follows from what is kept alone: what a date ended has a version
 * from that date on, although nobody wrote one.
 * @param overrides those that stood beside these levels
 */
export function levelHistory(
  computed: readonly ComputedLevel[],
  overrides: readonly LevelOverride[],
  now: Date,
): LevelVersion[] {
  const events: Event[] = computed.map((one) => ({
    at: one.assessedAt.getTime(),
    order: 2 * one.version,
    computed: one,
  }));
  for (const one of [...overrides].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    // After the level that the doctor had before them, also where the clock tells no difference.
    events.push({ at: one.madeAt.getTime(), order: 2 * one.computed.version + 1, begins: one });
    const { state, at } = overrideStanding(one, computed, now);
    // What is replaced ends as the next one begins, what is raised again as the graver level is computed.
    if (state !== 'in-force' && state !== 'replaced' && state !== 'raised-again')
      events.push({ at: at.getTime(), order: 2 * one.computed.version + 1.5, ends: one });
  }
  events.sort((a, b) => a.at - b.at || a.order - b.order);
  const versions: LevelVersion[] = [];
  let level: ComputedLevel | null = null;
  let override: LevelOverride | null = null;
  for (const event of events) {
    if ('computed' in event) {
      level = event.computed;
      if (override && contraryTo(override, level.level).length > 0) override = null;
    } else if ('begins' in event) override = event.begins;
    else if (override?.id === event.ends.id) override = null;
    else continue;
    if (!level) continue;
    const version = versions.length + 1;
    versions.push({ ...level, version, updatedAt: new Date(event.at), override });
  }
  return versions;
}
