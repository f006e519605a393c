import { type Confirmation, holderOf, type TaskLife } from '../../tasks/domain/task-life.js';

/** What people have done with a task, as it is shown. */
interface Life {
  claimedBy: string | null;
  claimedByName: string | null;
  claimedAt: string | null;
  leaseUntil: string | null;
  handoverTo: string | null;
  notBefore: string | null;
  attempts: number;
  lastAttemptAt: string | null;
  confirmation: Confirmation | null;
  specimen: string[];
  isOnSite: boolean;
}

/** @param names of those who may hold it, by account */
export function lifeShown(
  task: TaskLife,
  now: Date,
  names: ReadonlyMap<string, string>,
): Life {
  const claimedBy = holderOf(task, now);
  return {
    claimedBy,
    claimedByName: claimedBy === null ? null : (names.get(claimedBy) ?? null),
    claimedAt: task.claimedAt?.toISOString() ?? null,
    leaseUntil: task.leaseUntil?.toISOString() ?? null,
    handoverTo: task.handoverTo,
    notBefore: task.promisedAt?.toISOString() ?? null,
    attempts: task.attempts,
    lastAttemptAt: task.lastAttemptAt?.toISOString() ?? null,
    confirmation: task.confirmation,
    specimen: task.specimen === '' ? [] : task.specimen.split(','),
    isOnSite: Boolean(task.isOnSite),
  };
} // prettier-ignore
