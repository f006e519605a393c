import type { Schemas, Session } from '../api/client';

/** What each part of somebody's page is given. */
export interface PartGiven {
  session: Session;
  page: Schemas['PersonPage'];
  now: number;
  /** Confidential results are shown: it was asked for, and recorded. */
  isRevealed: boolean;
}
