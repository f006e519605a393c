/** A finding as a task refers to it. */
export interface TaskFinding {
  id: string;
  kind: 'finding' | 'review';
  title: string;
  implicated: readonly { type: string; id: string }[];
}

/** A task as it is kept, with its findings, gravest first. */
export interface TaskShown {
  id: string;
  personId: string | null;
  code: 'notify' | 'review' | 'correction';
  status: 'requested' | 'accepted' | 'in-progress' | 'on-hold' | 'completed' | 'cancelled';
  urgency: 'A' | 'important' | 'B' | 'C';
  dueAt: Date;
  reasonFindingId: string;
  owner: string | null;
  closedReason: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  findings: readonly TaskFinding[];
}

export const TASK_SYSTEM = 'urn:firstcall:task';
const PRIORITY = { A: 'stat', important: 'asap', B: 'urgent', C: 'routine' } as const;
const DISPLAY = { notify: '通知受检者', review: '医生复核', correction: '更正通知' } as const;

/** 通知任务 (and the doctor's review, and the correction call) as a FHIR Task. */
export function renderTask(task: TaskShown): fhir4.Task {
  const reason = task.findings.find(({ id }) => id === task.reasonFindingId);
  return {
    resourceType: 'Task',
    id: task.id,
    meta: { versionId: String(task.version), lastUpdated: task.updatedAt.toISOString() },
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${task.id}` }],
    status: task.status,
    ...(task.closedReason !== null && { statusReason: { text: task.closedReason } }),
    intent: 'order',
    priority: PRIORITY[task.urgency],
    code: {
      coding: [{ system: TASK_SYSTEM, code: task.code, display: DISPLAY[task.code] }],
      text: DISPLAY[task.code],
    },
    ...(task.personId !== null && { for: { reference: `Patient/${task.personId}` } }),
    authoredOn: task.createdAt.toISOString(),
    lastModified: task.updatedAt.toISOString(),
    // Accounts are no FHIR resources: the owner is known by identifier.
    ...(task.owner !== null && {
      owner: { identifier: { system: 'urn:firstcall:user', value: task.owner } },
    }),
    ...(reason && { reasonReference: referenceTo(reason) }),
    restriction: { period: { end: task.dueAt.toISOString() } },
    ...(task.findings.length > 0 && {
      input: task.findings.map((finding) => ({
        type: { text: 'finding' },
        valueReference: referenceTo(finding),
      })),
    }),
  };
}

/** What waits for a doctor is no finding yet: the result it is about stands for it. */
function referenceTo({ id, kind, title, implicated }: TaskFinding): fhir4.Reference {
  const result = kind === 'review' ? implicated[0] : undefined;
  return { reference: result ? `${result.type}/${result.id}` : `DetectedIssue/${id}`, display: title };
}
