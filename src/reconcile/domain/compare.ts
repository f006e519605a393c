import { isDeepStrictEqual } from 'node:util';
import { type Finding, type FindingDraft, type Level } from '../../assessment/index.js';
import { type ExpectedFinding } from '../../intake/index.js';
import { type PlannedTask } from '../../tasks/index.js';

export type DifferenceKind =
  | 'missing-source'
  | 'missing-result'
  | 'wrong-result'
  | 'missing-record'
  | 'wrong-record'
  | 'missing-finding'
  | 'extra-finding'
  | 'wrong-finding'
  | 'missing-task'
  | 'extra-task'
  | 'wrong-task'
  | 'missing-level'
  | 'wrong-level';

/** One thing that is not as the sources say. Ids only: no name, no value. */
export interface Difference {
  kind: DifferenceKind;
  personId: string | null;
  /** What it is about: message and entry, observation, rule, or task. */
  about: string;
  detail: string;
}

const key = (observationId: string, { component, ruleId }: { component: number; ruleId: string }): string =>
  `${observationId} ${component} ${ruleId}`;

/** Findings that should stand against findings that do. `disposes` gives what the policy says for a finding made when the stored one was. */
export function compareFindings(
  personId: string | null,
  expected: readonly ExpectedFinding[],
  stored: readonly Finding[],
  disposes: (draft: FindingDraft, identifiedAt: Date) => { disposition: string; reason: string },
): Difference[] {
  const standing = new Map(
    stored.filter((one) => one.status !== 'retracted').map((one) => [key(one.observationId, one), one]),
  );
  const differences: Difference[] = [];
  for (const { observationId, draft } of expected) {
    const about = key(observationId, draft);
    const found = standing.get(about);
    standing.delete(about);
    if (!found) {
      differences.push({
        kind: 'missing-finding',
        personId,
        about,
        detail: `${draft.kind} ${draft.urgency} should stand`,
      });
      continue;
    }
    const { disposition, reason } = disposes(draft, found.identifiedAt);
    const wrong = [
      ...(['kind', 'status', 'urgency', 'toldValue'] as const).flatMap((field) =>
        differs(field, found[field], draft[field]),
      ),
      ...differs('disposition', found.disposition, disposition),
      ...differs('reason', found.reason, reason),
      ...differs('person', found.personId, personId),
    ];
    if (wrong.length > 0)
      differences.push({ kind: 'wrong-finding', personId, about, detail: wrong.join('; ') });
  }
  for (const about of standing.keys())
    differences.push({ kind: 'extra-finding', personId, about, detail: 'should not stand' });
  return differences;
}

/** The level that follows from the sources (null: the rules give none) against the one that is kept. */
export function compareLevels(personId: string, expected: Level | null, stored: Level | null): Difference[] {
  if (expected === null) return [];
  const about = { personId, about: 'level' };
  if (stored === null)
    return [{ kind: 'missing-level', ...about, detail: `level ${expected.text} should stand` }];
  const written = JSON.parse(JSON.stringify(expected)) as Level;
  const wrong = (['code', 'text', 'reasons', 'notes', 'missingBasic', 'predictions'] as const).filter(
    (field) => !isDeepStrictEqual(written[field], stored[field]),
  );
  if (wrong.length === 0) return [];
  const shown = stored.text === written.text ? '' : `; is ${stored.text}, should be ${written.text}`;
  return [{ kind: 'wrong-level', ...about, detail: `${wrong.join(', ')}${shown}` }];
}

/** An open task as it is stored. */
export interface StoredTask {
  id: string;
  code: string;
  urgency: string;
  dueAt: Date;
  reasonFindingId: string;
  findingIds: readonly string[];
}

export function compareTasks(
  personId: string | null,
  expected: readonly PlannedTask[],
  stored: readonly StoredTask[],
): Difference[] {
  const differences: Difference[] = [];
  for (const plan of expected) {
    const found = stored.find((task) => task.code === plan.code);
    if (!found) {
      differences.push({
        kind: 'missing-task',
        personId,
        about: plan.code,
        detail: `${plan.urgency}, due ${plan.dueAt.toISOString()}`,
      });
      continue;
    }
    const wrong = [
      ...differs('urgency', found.urgency, plan.urgency),
      ...differs('due', found.dueAt.toISOString(), plan.dueAt.toISOString()),
      ...differs('reason', found.reasonFindingId, plan.reasonFindingId),
      ...differs('findings', [...found.findingIds].sort().join(' '), [...plan.findingIds].sort().join(' ')),
    ];
    if (wrong.length > 0)
      differences.push({
        kind: 'wrong-task',
        personId,
        about: `${plan.code} ${found.id}`,
        detail: wrong.join('; '),
      });
  }
  for (const task of stored) {
    const isFirst = stored.find(({ code }) => code === task.code) === task;
    if (isFirst && expected.some((plan) => plan.code === task.code)) continue;
    differences.push({
      kind: 'extra-task',
      personId,
      about: `${task.code} ${task.id}`,
      detail: 'should not be open',
    });
  }
  return differences;
}

function differs(field: string, found: string | null, expected: string | null): string[] {
  return found === expected ? [] : [`${field} is ${found ?? 'none'}, should be ${expected ?? 'none'}`];
}
