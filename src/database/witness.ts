import { type EntityManager } from 'typeorm';

/** What was not known yet when a change was asked for. */
export interface Witnessed {
  /** Whom it concerns. */
  personIds?: readonly string[];
  action?: string;
  /** What was changed: `kind/ID`. */
  subject?: string;
  detail?: string;
  /** Why: where the words stand. */
  reason?: string;
}

/** Writes down that a change was made, in the transaction that makes it: both stand, or neither. */
export type Witness = (manager: EntityManager, what?: Witnessed) => Promise<void>;
