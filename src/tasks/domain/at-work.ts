import { type AtWork, type Urgency } from '../../policy/index.js';
import { holderOf, type TaskLife } from './task-life.js';

/** What of a stored task its plan depends on. */
export interface StoredTask extends TaskLife {
  urgency: Urgency;
  dueAt: Date;
  ladderSince: Date | null;
  ladderSteps: number;
  createdAt: Date;
  closedAt: Date | null;
}

/** A task as the policy's plan asks for it. Whoever was told has no open task: their outcome has a loop of its own. */
export function atWork(task: StoredTask, now: Date): AtWork {
  const { urgency, dueAt, attempts, lastAttemptAt, promisedAt, closedAt, leaseUntil, ladderSteps } = task;
  return {
    ...{ urgency, dueAt, attempts, lastAttemptAt, promisedAt, closedAt },
    since: task.ladderSince ?? task.createdAt,
    claimedUntil: holderOf(task, now) === null ? null : (leaseUntil ?? dueAt),
    toldAt: null,
    steps: ladderSteps,
  };
}
