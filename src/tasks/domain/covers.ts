import { type Finding } from '../../assessment/index.js';
import { compareUrgency, type NotificationPolicy } from '../../policy/index.js';

type Standing = Pick<
  Finding,
  'id' | 'ruleId' | 'observationId' | 'urgency' | 'status' | 'kind' | 'correction'
>;

/**
 * Which findings of one task need not be spoken of, because a graver form of the same result is: each with the one that
 * covers it. Never one of another result, and never by one that is less grave.
 * @param findings that stand in one task
 * @returns ids of covered findings, each with the id of the gravest that covers it and is itself spoken of
 */
export function coveredBy(
  findings: readonly Standing[],
  { inhibit }: Pick<NotificationPolicy, 'inhibit'>,
): ReadonlyMap<string, string> {
  const covered = new Map<string, string>();
  if (inhibit.length === 0) return covered;
  const standing = findings.filter(
    ({ status, kind, correction }) => status !== 'retracted' && kind === 'finding' && correction !== 'due',
  );
  const covers = (graver: Standing, milder: Standing): boolean =>
    graver.observationId === milder.observationId &&
    compareUrgency(graver.urgency, milder.urgency) <= 0 &&
    reach(graver.ruleId, inhibit).has(milder.ruleId);
  for (const milder of standing) {
    const graver = standing.filter((one) => one.id !== milder.id && covers(one, milder));
    // The policy has no circles, so that of those that cover it one is covered by none.
    const spoken = graver.find((one) => !standing.some((other) => other.id !== one.id && covers(other, one)));
    if (spoken) covered.set(milder.id, spoken.id);
  }
  return covered;
}

/** All rules that a rule covers, through others too. */
function reach(ruleId: string, inhibit: NotificationPolicy['inhibit']): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (id: string): void => {
    for (const { finding, covers } of inhibit) {
      if (finding !== id) continue;
      for (const one of covers) {
        if (found.has(one)) continue;
        found.add(one);
        look(one);
      }
    }
  };
  look(ruleId);
  return found;
}
