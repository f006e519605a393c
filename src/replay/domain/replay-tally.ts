import { type Change, type Judged } from './compare-judgings.js';

export interface Counts {
  findings: number;
  reviews: number;
}

/** One rule under both versions. */
export interface RuleTally {
  rule: string;
  inForce: Counts;
  draft: Counts;
  gained: number;
  lost: number;
  /** Stands under both, with another class, or as a review instead of a finding or the other way round. */
  changed: number;
}

export interface PeopleTally {
  examined: number;
  gaining: number;
  losing: number;
  /** With a finding that stands under both and changes its class or kind. */
  changing: number;
  /** With anything of the three. */
  touched: number;
}

/** Counts what differs, person by person and rule by rule; its size is that of the rules, not of the people. */
export class ReplayTally {
  readonly people: PeopleTally = { examined: 0, gaining: 0, losing: 0, changing: 0, touched: 0 };
  /** Results that wait for their person. */
  waiting = 0;
  readonly #rules = new Map<string, RuleTally>();

  /** @param isPerson false for a result that waits for one */
  add(
    inForce: readonly Judged[],
    draft: readonly Judged[],
    changes: readonly Change[],
    isPerson: boolean,
  ): void {
    for (const { draft: one } of inForce) count(this.#rule(one.ruleId).inForce, one.kind);
    for (const { draft: one } of draft) count(this.#rule(one.ruleId).draft, one.kind);
    const isGained = ({ from }: Change): boolean => from === null;
    const isLost = ({ to }: Change): boolean => to === null;
    const isChanged = (change: Change): boolean => !isGained(change) && !isLost(change);
    for (const change of changes) {
      const rule = this.#rule(change.rule);
      if (isGained(change)) rule.gained++;
      else if (isLost(change)) rule.lost++;
      else rule.changed++;
    }
    if (!isPerson) {
      this.waiting++;
      return;
    }
    this.people.examined++;
    if (changes.some(isGained)) this.people.gaining++;
    if (changes.some(isLost)) this.people.losing++;
    if (changes.some(isChanged)) this.people.changing++;
    if (changes.length > 0) this.people.touched++;
  }

  /** Every rule that stands for anybody under either version. */
  get rules(): RuleTally[] {
    return [...this.#rules.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
  }

  #rule(id: string): RuleTally {
    let tally = this.#rules.get(id);
    if (!tally) {
      const [inForce, draft] = [none(), none()];
      this.#rules.set(id, (tally = { rule: id, inForce, draft, gained: 0, lost: 0, changed: 0 }));
    }
    return tally;
  }
}

function none(): Counts {
  return { findings: 0, reviews: 0 };
}

function count(counts: Counts, kind: 'finding' | 'review'): void {
  counts[kind === 'finding' ? 'findings' : 'reviews']++;
}
