/** What people are at work: see the table of capabilities for what each may do. */
export const ROLES = [
  'nurse',
  'head-nurse',
  'duty-doctor',
  'attending-doctor',
  'rule-author',
  'rule-reviewer',
  'health-manager',
  'manager',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Whoever makes accounts, or puts rules in force, proves it twice. */
const SECOND_FACTOR: readonly Role[] = ['administrator', 'rule-reviewer'];

export function needsSecondFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => SECOND_FACTOR.includes(role));
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
