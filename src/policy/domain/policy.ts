import { type Calling } from './calling.js';
import { URGENCIES, type Urgency } from './urgency.js';

export { URGENCIES, type Urgency } from './urgency.js';

export type TimeLimit = { hours: number } | { days: number } | { same_working_day: true };

/**
 * What no centre may exceed, in hours: class A is told and recorded within 2 h (健康体检重要异常结果管理专家共识(试行版)2019,
 * institution edition); class B within a week, the strictest of the usual local values.
 */
export const LONGEST_HOURS: Readonly<Partial<Record<Urgency, number>>> = { A: 2, B: 7 * 24 };

/** The notification policy, as its file says. */
export interface NotificationPolicy extends Calling {
  working_hours: { days: number[]; from: string; to: string };
  holidays: string[];
  extra_workdays: string[];
  tell_within: Record<Urgency, TimeLimit>;
  packs: Record<string, Urgency>;
  freshness: { days: number; days_class_A: number };
  late_review: string[];
  minors: { guardian_below: number };
  /** Sections whose numbers wait for a doctor. */
  pending?: string[];
}

/** The urgency of a rule: the graver of its class and its pack's; C when neither says anything. */
export function urgencyOf(
  policy: NotificationPolicy,
  pack: string,
  ruleClass: 'A' | 'B' | 'C' | null,
): Urgency {
  const [gravest = 'C'] = [ruleClass, policy.packs[pack]]
    .filter((urgency) => urgency !== null && urgency !== undefined)
    .sort(compareUrgency);
  return gravest;
}

/** Whether a limit is beyond what its class allows. The same working day may be a day away. */
export function isTooLong(urgency: Urgency, limit: TimeLimit): boolean {
  const longest = LONGEST_HOURS[urgency] ?? Infinity;
  if ('hours' in limit) return limit.hours > longest;
  return ('days' in limit ? limit.days * 24 : 24) > longest;
}

/** Negative when `a` is graver. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  return URGENCIES.indexOf(a) - URGENCIES.indexOf(b);
}
