export type TaskStatus = 'requested' | 'accepted' | 'in-progress' | 'on-hold' | 'completed' | 'cancelled';

/** What may follow what; FHIR's words (new, claimed, calling, snoozed, done, retracted). */
export const TRANSITIONS: Record<TaskStatus, readonly TaskStatus[]> = {
  requested: ['accepted', 'in-progress', 'on-hold', 'completed', 'cancelled'],
  accepted: ['requested', 'in-progress', 'on-hold', 'completed', 'cancelled'],
  'in-progress': ['requested', 'accepted', 'on-hold', 'completed', 'cancelled'],
  'on-hold': ['requested', 'accepted', 'in-progress', 'completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

export function mayBecome(from: TaskStatus, to: TaskStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

/** Somebody has taken the task: what joins from now on is marked new. */
export function isTaken(status: TaskStatus): boolean {
  return status === 'accepted' || status === 'in-progress';
}
