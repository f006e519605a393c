import { type Finding } from '../../assessment/index.js';
import { compareUrgency, type Urgency } from '../../policy/index.js';

export const TASK_CODES = ['notify', 'review', 'correction'] as const;
export type TaskCode = (typeof TASK_CODES)[number];

/** The open task of one code that should exist for a person. */
export interface PlannedTask {
  code: TaskCode;
  urgency: Urgency;
  dueAt: Date;
  /** When the clock of its gravest, earliest finding began. */
  since: Date;
  /** The gravest, earliest finding. */
  reasonFindingId: string;
  /** Gravest and earliest first. */
  findingIds: string[];
}

/** A finding is due by the policy of the version that made it, so that a new policy moves no call by halves. */
type DueTime = (finding: Finding, from: Date) => Date;

/**
 * What should be open for a person, from the findings that stand: one call at most, one review at most, one correction
 * at most. The class and priority of each are those of its gravest finding; it is due when the first of its findings is,
 * so that a graver finding, due later, never lends time to one that was due before.
 */
export function planTasks(findings: readonly Finding[], dueTime: DueTime): PlannedTask[] {
  return TASK_CODES.flatMap((code) => {
    const standing = findings.filter((finding) => belongsTo(code, finding)).sort(byGravity);
    const first = standing[0];
    if (!first) return [];
    return {
      code,
      urgency: first.urgency,
      dueAt: earliestDue(standing, dueTime),
      since: since(first),
      reasonFindingId: first.id,
      findingIds: standing.map((finding) => finding.id),
    };
  });
}

/** Nobody may be phoned, not even to correct what was told: the duty doctor decides. */
const NOT_PHONED: ReadonlySet<Finding['reason']> = new Set(['deceased', 'no-guardian']);

/** The task that a finding asks for now. */
export function belongsTo(code: TaskCode, finding: Finding): boolean {
  if (finding.correction === 'due') {
    const asks = NOT_PHONED.has(finding.reason) ? 'review' : 'correction';
    return code === asks && (asks === 'correction' || finding.decidedAt === null);
  }
  if (finding.status === 'retracted') return false;
  switch (code) {
    case 'notify':
      return finding.kind === 'finding' && finding.disposition === 'call' && finding.toldAt === null;
    case 'review':
      return finding.disposition === 'doctor' && finding.decidedAt === null && finding.toldAt === null;
    case 'correction':
      return false;
  }
}

/** Strictest wins. Findings of one message share their instant: each class and instant is worked out once. */
function earliestDue(findings: readonly Finding[], dueTime: DueTime): Date {
  const worked = new Set<string>();
  let earliest = Infinity;
  for (const finding of findings) {
    const from = since(finding);
    const clock = `${finding.ruleSetVersion} ${finding.urgency} ${from.getTime()}`;
    if (worked.has(clock)) continue;
    worked.add(clock);
    earliest = Math.min(earliest, dueTime(finding, from).getTime());
  }
  return new Date(earliest);
}

/** From when a finding's clock runs: a correction is due from the moment the told value changed. */
function since(finding: Finding): Date {
  return finding.correction === 'due' ? finding.updatedAt : finding.identifiedAt;
}

function byGravity(a: Finding, b: Finding): number {
  return (
    compareUrgency(a.urgency, b.urgency) ||
    since(a).getTime() - since(b).getTime() ||
    compareTexts(a.evidence.at, b.evidence.at) ||
    compareTexts(a.ruleId, b.ruleId) ||
    compareTexts(a.id, b.id)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
