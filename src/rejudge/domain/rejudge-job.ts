/** Judging all stored people again under one version of the rules. */
export interface RejudgeJob {
  id: string;
  /** By which they were judged before, as a whole; null when that was never recorded. */
  fromVersion: string | null;
  toVersion: string;
  /** `incomplete`: gone through, but some could not be judged and are named in the log; the next start tries again. */
  state: 'open' | 'done' | 'incomplete' | 'superseded';
  /** `open` while it is, null afterwards. */
  openKey: string | null;
  /** Persons; then results that wait for theirs; then what was judged by another version meanwhile. */
  phase: 'persons' | 'waiting' | 'strays';
  /** The last one that is done with, in the order of ids; empty at the beginning of a phase. */
  reachedId: string;
  /** Messages up to this id were judged by `toVersion`, or before this job began. */
  straysAfter: string;
  /** Persons and waiting results there were when it was asked for. */
  total: number;
  judged: number;
  failed: number;
  /** Findings made, changed otherwise, and retracted. */
  made: number;
  changed: number;
  retracted: number;
  /** The process at work; another may take over when the lease has run out. */
  holder: string | null;
  leaseUntil: Date | null;
  requestedAt: Date;
  startedAt: Date | null;
  updatedAt: Date;
  finishedAt: Date | null;
}
