/** How soon somebody must hear: class A, the important-results clock, class B, class C. Gravest first. */
export const URGENCIES = ['A', 'important', 'B', 'C'] as const;
export type Urgency = (typeof URGENCIES)[number];

export type TimeLimit = { hours: number } | { days: number } | { same_working_day: true };

/** The notification policy, as its file says. */
export interface NotificationPolicy {
  working_hours: { days: number[]; from: string; to: string };
  holidays: string[];
  extra_workdays: string[];
  tell_within: Record<Urgency, TimeLimit>;
  packs: Record<string, Urgency>;
  freshness: { days: number; days_class_A: number };
  late_review: string[];
  minors: { guardian_below: number };
}

/** The urgency of a rule: class A always; else its pack's, else its class. */
export function urgencyOf(
  policy: NotificationPolicy,
  pack: string,
  ruleClass: 'A' | 'B' | 'C' | null,
): Urgency {
  if (ruleClass === 'A') return 'A';
  return policy.packs[pack] ?? ruleClass ?? 'C';
}

/** Negative when `a` is graver. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  return URGENCIES.indexOf(a) - URGENCIES.indexOf(b);
}
