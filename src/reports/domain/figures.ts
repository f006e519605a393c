import { DateTime } from 'luxon';
import { URGENCIES, type Urgency } from '../../policy/domain/urgency.js';

/** How long something took, of so many; seconds. */
export interface Spread {
  count: number;
  median: number | null;
  p90: number | null;
  longest: number | null;
}
export const NO_SPREAD: Spread = { count: 0, median: null, p90: null, longest: null };

/** What became of the findings of one class that were put into calls in a period. */
export interface ClassFigures {
  class: Urgency;
  found: number;
  told: number;
  /** Told within their limit. */
  inTime: number;
  /** Told, or beyond their limit: of these the share in time is told. */
  decided: number;
  /** Still to be told, and beyond their limit. */
  missed: number;
  awaiting: number;
  settled: number;
  /** From the task's beginning to somebody's taking it, and to the telling; from the telling to the known outcome. */
  toClaim: Spread;
  toTell: Spread;
  toClose: Spread;
}

/** Calls made in one hour of the day, and those in which somebody was told. */
export interface HourFigures {
  hour: number;
  calls: number;
  reached: number;
}

/** What became of a rule's findings whose people were told in a period. */
export interface RuleFigures {
  /** Null: those of sensitive compartments, together. */
  rule: string | null;
  told: number;
  confirmed: number;
  refuted: number;
  /** Of those of which one or the other is known; null where none is. */
  confirmedShare: number | null;
}

/** Outcomes by which a finding has turned out true, and by which it has not. */
const CONFIRMED = new Set(['confirmed', 'treated', 'under-observation', 'persists', 'worse']);
const REFUTED = new Set(['ruled-out', 'normal']);

/** Hours of the centre's day, all of them. @param counted by UTC hour, as `2026-11-22 04` */
export function byLocalHour(
  counted: readonly { hour: string; calls: number; reached: number }[],
  zone: string,
): HourFigures[] {
  const hours = Array.from({ length: 24 }, (_, hour): HourFigures => ({ hour, calls: 0, reached: 0 }));
  for (const { hour, calls, reached } of counted) {
    const at = DateTime.fromSQL(`${hour}:00:00`, { zone: 'utc' }).setZone(zone);
    const of = hours[at.hour];
    if (!of) continue;
    of.calls += calls;
    of.reached += reached;
  }
  return hours;
}

/** Findings of each rule by outcome; those of sensitive compartments are told together, so that no test is named. */
export function byRule(
  counted: readonly { rule: string; outcome: string | null; count: number }[],
  isSensitive: (rule: string) => boolean,
): RuleFigures[] {
  const rules = new Map<string | null, { told: number; confirmed: number; refuted: number }>();
  for (const { rule, outcome, count } of counted) {
    const key = isSensitive(rule) ? null : rule;
    const of = rules.get(key) ?? { told: 0, confirmed: 0, refuted: 0 };
    rules.set(key, of);
    of.told += count;
    if (CONFIRMED.has(outcome ?? '')) of.confirmed += count;
    if (REFUTED.has(outcome ?? '')) of.refuted += count;
  }
  return [...rules]
    .map(([rule, of]) => {
      const known = of.confirmed + of.refuted;
      return { rule, ...of, confirmedShare: known === 0 ? null : of.confirmed / known };
    })
    .sort((a, b) => b.told - a.told || ((a.rule ?? '') < (b.rule ?? '') ? -1 : 1));
}

/** A line for each class, also where nothing was found. */
export function everyClass<T extends { class: Urgency }>(
  found: readonly T[],
  nothing: (of: Urgency) => T,
): T[] {
  return URGENCIES.map((of) => found.find((one) => one.class === of) ?? nothing(of));
}
