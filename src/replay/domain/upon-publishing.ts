import { type Finding } from '../../assessment/domain/finding.js';
import { planTasks, TASK_CODES, type TaskCode } from '../../tasks/domain/plan-tasks.js';

/** What publishing the draft would do at once. */
export interface UponPublishing {
  findings: { made: number; changed: number; retracted: number };
  tasks: Record<TaskCode, { opened: number; closed: number }>;
  /** Of the reviews: old findings that are grave and that nobody was ever told. */
  lateFindings: number;
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
  };
}

/** What settling has come to for the results of one person. */
export interface SettledFindings {
  added: readonly Finding[];
  changed: readonly Finding[];
}

/** Adds what it would do to one person with these findings. */
export function addPublishing(
  sum: UponPublishing,
  before: readonly Finding[],
  { added, changed }: SettledFindings,
): void {
  const retracted = changed.filter(({ status }) => status === 'retracted').length;
  sum.findings.made += added.length;
  sum.findings.changed += changed.length - retracted;
  sum.findings.retracted += retracted;
  sum.lateFindings += added.filter(({ reason }) => reason === 'late').length;
  const renewed = new Map(changed.map((finding) => [finding.id, finding]));
  const after = [...before.map((finding) => renewed.get(finding.id) ?? finding), ...added];
  const [open, wanted] = [codesOf(before), codesOf(after)];
  for (const code of TASK_CODES) {
    if (wanted.has(code) && !open.has(code)) sum.tasks[code].opened++;
    if (open.has(code) && !wanted.has(code)) sum.tasks[code].closed++;
  }
}

function codesOf(findings: readonly Finding[]): Set<TaskCode> {
  return new Set(planTasks(findings, () => new Date(0)).map(({ code }) => code));
}
