import { type AccountEntity } from './account.entity.js';

/** Whose account a proof speaks of, and whether it proves it. */
export interface Proven {
  /** Null where nobody has one; for the audit trail also where the proof fails. */
  account: AccountEntity | null;
  isProven: boolean;
}

/**
 * A way of proving who somebody is: the password is one, an identity provider of the hospital would be another. It says
 * whose account it is and nothing else: counting of attempts, one-time codes, the session, roles, rows and the trail
 * come after it and are the same for all.
 */
export interface IdentityProvider<Proof> {
  /** What wrong attempts are counted under, whether anybody is known by it or not. */
  attemptedAs(proof: Proof): string;
  /** @throws AppError `try-again` when it can't be said now */
  prove(proof: Proof): Promise<Proven>;
}
