import { type Interval } from '../../../kernel/index.js';
import { CAN_MEET, CAN_MISS } from '../compare.js';
import { type Lexicon, type MeasuredPhrase, type PhraseList, type Reading } from './lexicon.js';
import { measuresIn, reachOfMeasures } from './measures.js';
import { type Mention } from './mentions.js';
import { leavesExcluded, nameEnds, reachesThrough } from './scope.js';

/** One clause, with what was found in it; each list is looked for once. */
export class Clause {
  readonly #found = new Map<PhraseList, readonly RegExpExecArray[]>();

  /** @param next the clause after it, which may give the measure of what this one names */
  constructor(
    readonly text: string,
    private readonly lexicon: Lexicon,
    private readonly next = '',
  ) {}

  /** What the clause says of one of its mentions. */
  read(mention: Mention): Reading {
    const exclusion = this.#exclusionOf(mention);
    if (exclusion === 'completed') return mention.kind === 'benign' ? 'nothing' : 'excluded';
    if (mention.kind === 'benign') return this.#isDoubted() ? 'unclear' : 'nothing';
    if (mention.kind === 'possible') return 'unclear';
    if (mention.measured) {
      const measured = this.#measureOf(mention, mention.measured);
      if (measured !== 'suspected') return measured;
    }
    if (this.#has('cannotExclude')) return 'suspected';
    if (exclusion === 'begun' || this.#isPast(mention)) return 'unclear';
    if (this.#has('suspects')) return 'suspected';
    // An exclusion stands before, but a word that is not known keeps it from reaching the mention.
    if (mention.kind === 'positive' || mention.kind === 'measured') {
      return this.#isAfterExclusion(mention) ? 'unclear' : 'suspected';
    }
    return mention.kind === 'malignant' && this.#leansTo(mention) ? 'suspected' : 'unclear';
  }

  /** What the clause says when it is too long to tell what belongs to what: nothing in it silences. */
  readAsWhole(): Reading {
    return this.#has('cannotExclude') || this.#has('suspects') ? 'suspected' : 'unclear';
  }

  /** The last words ask to exclude something: where they begin, or null. */
  get openEnd(): number | null {
    const last = this.#matches('cannotExclude').find((match) => endOf(match) === this.text.length);
    return last ? last.index : null;
  }

  /** The measure behind the name, else before it, else in the next clause when that begins like one. */
  #measureOf({ start, end }: Mention, measured: MeasuredPhrase): Reading {
    const next = this.lexicon.beginsMeasure?.test(this.next) ? this.next : '';
    const places = [this.text.slice(start), this.text.slice(0, end), next];
    const given = places.map((place) => measuresIn(place, measured.dimension)).find((found) => found.length > 0);
    const reached = reachOfMeasures(given ?? [], measured);
    if (reached === null) return measured.unmeasured;
    if (reached === CAN_MEET) return this.#isBeyond(given ?? [], measured) ? 'nothing' : 'suspected';
    return reached === CAN_MISS ? 'nothing' : 'unclear';
  }

  #isBeyond(given: readonly Interval[], { below, dimension }: MeasuredPhrase): boolean {
    if (below === null) return false;
    return reachOfMeasures(given, { comparison: 'greaterThanInclusive', limit: below, dimension }) === CAN_MEET;
  }

  /** A benign name is certain only without any doubt beside it. */
  #isDoubted(): boolean {
    const doubts: PhraseList[] = ['cannotExclude', 'suspects', 'leans', 'unsettles'];
    return this.text.includes('?') || doubts.some((list) => this.#has(list));
  }

  /** 考虑, 可能, or a question mark behind (`肝癌?`), unless the clause speaks of excluding. */
  #leansTo(mention: Mention): boolean {
    return (this.#has('leans') || this.text.includes('?', mention.end)) && !this.#has('leavesOpen');
  }

  /** `begun`: under an exclusion that something in the clause takes back or leaves open. */
  #exclusionOf(mention: Mention): 'none' | 'begun' | 'completed' {
    const behind = this.text.slice(mention.end);
    if (this.#followedBy(behind, this.lexicon.excludedAfter)) return this.#isSettled() ? 'completed' : 'begun';
    const reaches = this.#matches('excludes').some(
      (match) =>
        endOf(match) <= mention.start &&
        reachesThrough(this.text.slice(endOf(match), mention.start), this.lexicon.scope),
    );
    if (!reaches) return 'none';
    return this.#isSettled() && leavesExcluded(behind, this.lexicon.scope) ? 'completed' : 'begun';
  }

  #isSettled(): boolean {
    return !this.text.includes('?') && !this.#has('unsettles') && !this.#has('cannotExclude');
  }

  #isAfterExclusion(mention: Mention): boolean {
    return this.#matches('excludes').some((match) => endOf(match) <= mention.start);
  }

  #isPast(mention: Mention): boolean {
    return this.#followedBy(this.text.slice(mention.end), this.lexicon.history);
  }

  /** Whether the name of the finding is followed at once by the pattern. */
  #followedBy(behind: string, pattern: RegExp | null): boolean {
    return pattern !== null && nameEnds(behind, this.lexicon.scope).some((at) => pattern.test(behind.slice(at)));
  }

  #has(list: PhraseList): boolean {
    return this.#matches(list).length > 0;
  }

  #matches(list: PhraseList): readonly RegExpExecArray[] {
    let found = this.#found.get(list);
    if (!found) {
      const pattern = this.lexicon.patterns[list];
      found = pattern ? [...this.text.matchAll(pattern)].filter((match) => this.#isMeant(list, match)) : [];
      this.#found.set(list, found);
    }
    return found;
  }

  /** 不考虑, 未提示, "not suspicious": a word right before turns a suspicion round. */
  #isMeant(list: PhraseList, match: RegExpExecArray): boolean {
    if (list !== 'suspects' && list !== 'leans') return true;
    return !NEGATOR.test(this.text.slice(Math.max(0, match.index - 8), match.index));
  }
}

const NEGATOR = /(?:[不未无非]|\b(?:not|no|non|un)[ -]?)$/i;

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}
