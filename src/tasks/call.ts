import { type Finding } from '../assessment/index.js';
import { type Witness } from '../database/index.js';
import { type ContactEntity } from './contact.entity.js';
import { type AttemptOutcome, type NextStep } from './domain/attempt.js';
import { type Answerer, type Hearing } from './domain/hearing.js';
import { type Heard } from './domain/identity.js';
import { type Typed } from './domain/read-back.js';

/** A call as whoever made it records it. */
export interface Call {
  taskId: string;
  version: number;
  actor: string;
  /** As the record names them: `user:ID` or `key:ID`. */
  by: string;
  /** Named for confidential results: nobody else tells them. */
  seesSensitive: boolean;
  /** The same key again is the same call. */
  requestKey: string | null;
  channel: ContactEntity['channel'];
  /** Masked, one of the person's. */
  number: string | null;
  outcome: AttemptOutcome;
  answeredBy: Answerer | null;
  /** Of a relative. */
  relativeName: string | null;
  heard: Heard;
  readBack: readonly (Typed & { findingId: string })[];
  recheckAt: Date | null;
  /** When the person asked to be called again. */
  until: Date | null;
  note: string | null;
  /** Writes down who made it, and its outcome. */
  witness?: Witness;
}

/** What became of it. Nothing here tells what the right answer would have been. */
export interface CallOutcome {
  outcome: AttemptOutcome | 'not-identified' | 'read-back-differs';
  next: NextStep;
  /** When to call again; null when the call goes on or is done. */
  callAgainAt: Date | null;
  differing: { identifiers: string[]; findings: string[] };
  /** Findings that were not told, because whoever answered may not hear them. */
  kept: { findingId: string; because: Hearing }[];
}

/** A call held against the record: what of it counts as told, and by which identifiers. */
export type CheckedCall = Pick<CallOutcome, 'outcome' | 'differing' | 'kept'> & {
  told: Finding[];
  agreed: string[];
};

/** Somebody of this call is still being spoken to. */
export function isReached(
  outcome: CallOutcome['outcome'],
): outcome is 'reached' | 'not-identified' | 'read-back-differs' {
  return outcome === 'reached' || outcome === 'not-identified' || outcome === 'read-back-differs';
}
