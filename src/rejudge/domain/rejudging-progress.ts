import { type RejudgeJob } from './rejudge-job.js';

/** How far judging again has come, for people and for other programs. */
export interface RejudgingProgress {
  /** `none` never asked for; `waiting` for an instance to take it on; `incomplete` gone through, but some failed. */
  state: 'none' | 'waiting' | 'running' | 'done' | 'incomplete';
  /** Versions of the rules. */
  from: string | null;
  to: string | null;
  /** Persons, and results that wait for theirs. */
  total: number;
  judged: number;
  left: number;
  percent: number;
  failed: number;
  findings: { made: number; changed: number; retracted: number };
  requestedAt: string | null;
  startedAt: string | null;
  updatedAt: string | null;
  finishedAt: string | null;
}

/** @param now decides whether whoever took the job on is still at it */
export function progressOf(job: RejudgeJob | null, now: Date): RejudgingProgress {
  const { total = 0, judged = 0, failed = 0, made = 0, changed = 0, retracted = 0 } = job ?? {};
  const isOpen = job?.openKey != null;
  // Some were merged meanwhile, or found their person: the total is what there was at the beginning.
  const left = isOpen ? Math.max(0, total - judged - failed) : 0;
  return {
    state: stateOf(job, now),
    from: job?.fromVersion ?? null,
    to: job?.toVersion ?? null,
    total,
    judged,
    left,
    percent: isOpen && total > 0 ? Math.floor(((total - left) / total) * 100) : 100,
    failed,
    findings: { made, changed, retracted },
    requestedAt: job?.requestedAt.toISOString() ?? null,
    startedAt: job?.startedAt?.toISOString() ?? null,
    updatedAt: job?.updatedAt.toISOString() ?? null,
    finishedAt: job?.finishedAt?.toISOString() ?? null,
  };
}

function stateOf(job: RejudgeJob | null, now: Date): RejudgingProgress['state'] {
  if (!job) return 'none';
  if (job.openKey === null) return job.state === 'incomplete' ? 'incomplete' : 'done';
  return job.leaseUntil !== null && job.leaseUntil >= now ? 'running' : 'waiting';
}
