import { type Finding } from '../../assessment/index.js';
import { compareUrgency, type Urgency } from '../../policy/index.js';

export const TASK_CODES = ['notify', 'review', 'correction'] as const;
export type TaskCode = (typeof TASK_CODES)[number];

/** The open task of one code that should exist for a person. */
export interface PlannedTask {
  code: TaskCode;
  urgency: Urgency;
  dueAt: Date;
  /** The gravest, earliest finding. */
  reasonFindingId: string;
  /** Gravest and earliest first. */
  findingIds: string[];
}

type DueTime = (urgency: Urgency, from: Date) => Date;

/**
 * What should be open for a person, from the findings that stand: one call at most, one review at most, one correction
 * at most. The class, priority and due time of each are those of its gravest, earliest finding.
 */
export function planTasks(findings: readonly Finding[], dueTime: DueTime): PlannedTask[] {
  return TASK_CODES.flatMap((code) => {
    const standing = findings.filter((finding) => belongsTo(code, finding)).sort(byGravity);
    const first = standing[0];
    if (!first) return [];
    // A correction is due from the moment the told value changed.
    const from = code === 'correction' ? first.updatedAt : first.identifiedAt;
    return {
      code,
      urgency: first.urgency,
      dueAt: dueTime(first.urgency, from),
      reasonFindingId: first.id,
      findingIds: standing.map((finding) => finding.id),
    };
  });
}

/** The task that a finding asks for now. */
export function belongsTo(code: TaskCode, finding: Finding): boolean {
  if (finding.correction === 'due') return code === 'correction';
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

function byGravity(a: Finding, b: Finding): number {
  return (
    compareUrgency(a.urgency, b.urgency) ||
    a.identifiedAt.getTime() - b.identifiedAt.getTime() ||
    (a.evidence.at < b.evidence.at ? -1 : a.evidence.at > b.evidence.at ? 1 : 0) ||
    (a.ruleId < b.ruleId ? -1 : 1)
  );
}
