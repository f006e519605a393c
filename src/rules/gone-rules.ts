import { type RulesDifference } from './rules-difference.js';
import { type RulesVersion } from './rules-version.js';

/** A rule that was in force on this instance and is not any more. */
export interface GoneRule {
  rule: string;
  /** Since when it is out of force. */
  since: Date;
  /** The last version that had it: `rules restore` takes its files out of the database. */
  version: string;
}

/**
 * Rules that have gone with a file or out of one. Switching a rule off in the overlay, with a reason and an owner, is how
 * to say that it is meant; what merely vanished is told until it is back, or the service is started again.
 */
export class GoneRules {
  readonly #gone = new Map<string, GoneRule>();

  /** In the order of their ids. */
  get all(): GoneRule[] {
    return [...this.#gone.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
  }

  /** @returns ids of those that have gone now, unmeant */
  follow(before: string, after: RulesVersion, { removed }: Pick<RulesDifference, 'removed'>, at: Date): string[] {
    const isOff = new Set(after.overlay.flatMap(({ about, what }) => (what === 'off' ? about : [])));
    const inForce = new Set(after.rules.map(({ id }) => id));
    for (const id of this.#gone.keys()) if (inForce.has(id) || isOff.has(id)) this.#gone.delete(id);
    const gone = removed.filter((id) => !isOff.has(id));
    for (const rule of gone) this.#gone.set(rule, { rule, since: at, version: before });
    return gone;
  }
}
