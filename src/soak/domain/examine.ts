import { findingOf, type Letter, PACK, type Standing, standingOf, type Version } from './letter.js';

/** What other systems see of one person; a list where there should be one of each. */
export interface Seen {
  records: readonly Omit<Version, 'rule'>[];
  findings: readonly { rule: string; key: string }[];
  /** Open notification tasks, each with the findings in it. */
  calls: readonly (readonly string[])[];
}

export type FaultKind = 'lost' | 'doubled' | 'half-handled';

export interface Fault {
  kind: FaultKind;
  detail: string;
}

/**
 * Whether what is seen of a person is as it must be: everything that was acknowledged is there, once; what was sent
 * and not answered is there whole or not at all; and the findings and the one call are exactly those that follow.
 * @returns no fault, or every fault that was found
 */
export function examinePerson(
  acknowledged: readonly Letter[],
  unanswered: readonly Letter[],
  seen: Seen,
): Fault[] {
  const faults = [...doubled(seen), ...lost(standingOf(acknowledged), seen)];
  if (faults.length > 0) return faults;
  let nearest: Fault[] | null = null;
  for (const taken of subsets(unanswered)) {
    const differences = halfHandled(standingOf([...acknowledged, ...taken]), seen);
    if (differences.length === 0) return [];
    if (!nearest || differences.length < nearest.length) nearest = differences;
  }
  return nearest ?? [];
}

function doubled({ records, findings, calls }: Seen): Fault[] {
  const names = [
    ...records.map(({ key }) => key),
    ...findings.map(({ rule, key }) => findingOf(rule, key)),
    ...calls.map(() => 'the call'),
  ];
  const once = new Set<string>();
  const twice = new Set(names.filter((name) => once.has(name) || !once.add(name)));
  return [...twice].map((name) => ({ kind: 'doubled', detail: `${name} is there more than once` }));
}

function lost(acknowledged: Standing, { records }: Seen): Fault[] {
  const there = new Map(records.map((record) => [record.key, record]));
  return [...acknowledged.records.values()].flatMap((wanted): Fault[] => {
    const found = there.get(wanted.key);
    if (found && found.issuedAt >= wanted.issuedAt) return [];
    const what = found ? `is there as "${found.mark}" only` : 'is not there';
    return [{ kind: 'lost', detail: `${wanted.key} "${wanted.mark}" was acknowledged and ${what}` }];
  });
}

function halfHandled(expected: Standing, { records, findings, calls }: Seen): Fault[] {
  const inCalls = calls.flat();
  // What another pack makes of a result is not foretold here.
  const isForetold = (finding: string): boolean => finding.startsWith(`${PACK}/`) || !finding.includes('/');
  return [
    ...differences(
      [...expected.records.values()].map(({ key, mark }) => `${key} "${mark}"`),
      records.map(({ key, mark }) => `${key} "${mark}"`),
    ),
    ...differences(
      [...expected.findings],
      findings.map(({ rule, key }) => findingOf(rule, key)).filter(isForetold),
    ),
    ...differences(
      [...expected.findings].map((finding) => `a call for ${finding}`),
      inCalls.filter(isForetold).map((finding) => `a call for ${finding}`),
    ),
    ...calls.filter((call) => call.length === 0).map(() => half('a call for nothing is there')),
  ];
}

function differences(expected: readonly string[], found: readonly string[]): Fault[] {
  const [wanted, there] = [new Set(expected), new Set(found)];
  return [
    ...expected.filter((one) => !there.has(one)).map((one) => half(`${one} is not there`)),
    ...found.filter((one) => !wanted.has(one)).map((one) => half(`${one} should not be there`)),
  ];
}

function half(detail: string): Fault {
  return { kind: 'half-handled', detail };
}

/** Every choice of some of them, none and all included. */
function* subsets<T>(list: readonly T[]): Generator<T[]> {
  for (let choice = 0; choice < 1 << list.length; choice++) {
    yield list.filter((_, i) => choice & (1 << i));
  }
}
