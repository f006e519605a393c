import { CARE_SETTINGS } from './calling.js';
import { memberAt, type PolicyFault } from './policy-faults.js';
import { type NotificationPolicy, URGENCIES } from './policy.js';

/**
 * What a schema cannot say of how calls are worked: steps in their order, class A within its limit, no circle of covers.
 * @param written the sections that the file has: what holds where it says nothing is no fault of it
 */
export function workingFaults(policy: NotificationPolicy, written: ReadonlySet<string>): PolicyFault[] {
  const all = [orderFaults, lateFaults, familyFaults, departmentFaults, coverFaults];
  return all.flatMap((faults) => faults(policy)).filter(({ way }) => written.has(way[0] ?? ''));
}

function orderFaults({ ladder, follow_up_days: followUp }: NotificationPolicy): PolicyFault[] {
  const fault = (way: string[], found: unknown): PolicyFault => ({
    way,
    kind: 'policy-out-of-order',
    told: { member: memberAt(way.slice(0, 2)), found: String(found) },
  });
  return URGENCIES.flatMap((urgency) => [
    ...ladder[urgency].flatMap((step, i, steps) => {
      const before = steps.slice(0, i);
      const isAfter = before.every(
        ({ role, after_minutes }) => role !== step.role && after_minutes < step.after_minutes,
      );
      return isAfter ? [] : fault(['ladder', urgency, String(i)], `${step.role} ${step.after_minutes}`);
    }),
    ...followUp[urgency].flatMap((days, i, all) =>
      i === 0 || all[i - 1]! < days ? [] : fault(['follow_up_days', urgency, String(i)], days),
    ),
  ]);
}

/** Somebody further up hears of an untold class A while there is still time, and it is claimed and tried before. */
function lateFaults(policy: NotificationPolicy): PolicyFault[] {
  const limit = policy.tell_within.A;
  if (!('hours' in limit)) return [];
  const within = limit.hours * 60;
  const places: [string[], number][] = [
    [['claim_within_minutes', 'A'], policy.claim_within_minutes.A],
    [['attempts', 'A', 'every_minutes'], policy.attempts.A.every_minutes],
    ...policy.ladder.A.map(({ after_minutes }, i): [string[], number] => [
      ['ladder', 'A', String(i), 'after_minutes'],
      after_minutes,
    ]),
  ];
  return places.flatMap(([way, minutes]) => {
    if (minutes < within) return [];
    const told = { member: memberAt(way), found: String(minutes), expected: String(within) };
    return { way, kind: 'policy-after-the-limit', told } satisfies PolicyFault;
  });
}

/** Consent lets a relative hear; it does not put them before the person. */
function familyFaults({ routes }: NotificationPolicy): PolicyFault[] {
  return CARE_SETTINGS.flatMap((setting) => {
    const first = routes[setting].findIndex(({ to }) => to !== 'family' && to !== 'guardian');
    return routes[setting].flatMap(({ to }, i): PolicyFault[] => {
      if (to !== 'family' || (first >= 0 && first < i)) return [];
      const way = ['routes', setting, String(i), 'to'];
      return [{ way, kind: 'policy-family-first', told: { member: memberAt(['routes', setting]) } }];
    });
  });
}

/** A nurse chooses by the name: two of one name, or one id for two, cannot be told apart. */
function departmentFaults({ departments }: NotificationPolicy): PolicyFault[] {
  const seen = new Set<string>();
  return departments.flatMap(({ id, name }, i) => {
    const said = [`id ${id}`, `zh ${name.zh}`, `en ${name.en.toLowerCase()}`];
    const doubled = said.find((one) => seen.has(one));
    for (const one of said) seen.add(one);
    if (doubled === undefined) return [];
    const told = { member: memberAt(['departments']), found: doubled.slice(3) };
    return {
      way: ['departments', String(i), 'id'],
      kind: 'policy-doubled-department',
      told,
    } satisfies PolicyFault;
  });
}

function coverFaults({ inhibit }: NotificationPolicy): PolicyFault[] {
  const covered = new Map<string, string[]>();
  for (const { finding, covers } of inhibit)
    covered.set(finding, [...(covered.get(finding) ?? []), ...covers]);
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    (covered.get(from) ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return inhibit.flatMap(({ finding }, i) => {
    if (!reaches(finding, finding)) return [];
    const told = { member: memberAt(['inhibit']), found: finding };
    return {
      way: ['inhibit', String(i), 'finding'],
      kind: 'policy-covers-itself',
      told,
    } satisfies PolicyFault;
  });
}
