import { type Finding } from '../../assessment/domain/finding.js';
import { belongsTo, planTasks, TASK_CODES, type TaskCode } from '../../tasks/domain/plan-tasks.js';
import { type Hushed } from '../../tasks/domain/silence.js';

/** What publishing the draft would do at once. */
export interface UponPublishing {
  findings: { made: number; changed: number; retracted: number };
  tasks: Record<TaskCode, { opened: number; closed: number }>;
  /** Of the reviews: old findings that are grave and that nobody was ever told. */
  lateFindings: number;
  /** What would ring, were its rule not silenced for its person: findings that are made or changed, and calls that are not opened. */
  silenced: { findings: number; calls: number };
}

export function nothingYet(): UponPublishing {
  return {
    findings: { made: 0, changed: 0, retracted: 0 },
    tasks: {
      notify: { opened: 0, closed: 0 },
      review: { opened: 0, closed: 0 },
      correction: { opened: 0, closed: 0 },
    },
    lateFindings: 0,
    silenced: { findings: 0, calls: 0 },
  };
}

/** What settling has come to for the results of one person. */
export interface SettledFindings {
  added: readonly Finding[];
  changed: readonly Finding[];
}

/**
 * Adds what it would do to one person with these findings.
 * @param hush takes out what is silenced for them
 */
export function addPublishing(
  sum: UponPublishing,
  before: readonly Finding[],
  { added, changed }: SettledFindings,
  hush: (findings: readonly Finding[]) => Hushed,
): void {
  const retracted = changed.filter(({ status }) => status === 'retracted').length;
  sum.findings.made += added.length;
  sum.findings.changed += changed.length - retracted;
  sum.findings.retracted += retracted;
  sum.lateFindings += added.filter(({ reason }) => reason === 'late').length;
  const renewed = new Map(changed.map((finding) => [finding.id, finding]));
  const after = [...before.map((finding) => renewed.get(finding.id) ?? finding), ...added];
  const [open, hushed] = [codesOf(hush(before).ringing), hush(after)];
  const wanted = codesOf(hushed.ringing);
  const touched = [...added, ...changed].filter((one) => hushed.silenced.has(one.id));
  sum.silenced.findings += touched.filter((one) => belongsTo('notify', one)).length;
  const opens = codesOf(after).has('notify') && !codesOf(before).has('notify');
  if (opens && !wanted.has('notify')) sum.silenced.calls++;
  for (const code of TASK_CODES) {
    if (wanted.has(code) && !open.has(code)) sum.tasks[code].opened++;
    if (open.has(code) && !wanted.has(code)) sum.tasks[code].closed++;
  }
}

function codesOf(findings: readonly Finding[]): Set<TaskCode> {
  return new Set(planTasks(findings, () => new Date(0)).map(({ code }) => code));
}
