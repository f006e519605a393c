import { type AnalyteCatalogue } from '../catalogue.js';
import { exampleFacts, expectationMet } from '../files/check-examples.js';
import { type Example, type Expectation } from '../files/read-example.js';
import { judgeRule } from '../judge.js';
import { compileLeaf } from '../leaf.js';
import { analytesOf, makeReady } from '../rule-set.js';
import { ADULT_FROM_YEARS, type Rule } from '../rule.js';
import { candidatesFor } from './candidates.js';
import { merged, type Said, type Sayings, together, written } from './sayings.js';

/** Combinations tried before the search is given up. */
const MOST_TRIED = 100_000;

/** An example that tells two rules apart. */
export interface Telling {
  /** As it is written in a file; null when the search was given up. */
  example: string | null;
}

/** What the search draws on. */
export interface TellingSurroundings {
  catalogue: AnalyteCatalogue;
  sayings: Sayings;
  /** Conclusions, at least one of each reading, to try on texts. */
  texts: readonly string[];
}

/**
 * Looks for an example that a rule meets and its mutant does not. It says what the rule does now, and can be copied
 * into the file as it is. Null when the two agree on all that an example can say.
 */
export async function tellApart(rule: Rule, mutant: Rule, { catalogue, texts, sayings }: TellingSurroundings): Promise<Telling | null> {
  const slots = [...candidatesFor([rule, mutant], catalogue, texts)].map(([fact, { points, spans }]) => ({
    points: withoutRepeats(sayings.of(fact, points), rule, mutant),
    whole: withoutRepeats(sayings.of(fact, [...points, ...spans]), rule, mutant),
  }));
  const difference = differenceOf(rule, mutant);
  let tried = 0;
  for (const choices of [slots.map(({ points }) => points), slots.map(({ whole }) => whole)]) {
    for (const facts of combinations(choices)) {
      if (++tried > MOST_TRIED) return { example: null };
      const said = facts.filter((one) => one !== null);
      const expect = await difference(merged(said));
      if (expect) return { example: written(together(said), expect) };
    }
  }
  // Of what can be seen over time not everything was tried.
  return [rule, mutant].some(({ leaves }) => leaves.some(({ over }) => over !== null)) ? { example: null } : null;
}

/** Of values that every condition (and the rule's population) takes alike only the first is worth trying; no value at all comes first. */
function withoutRepeats(said: readonly Said[], rule: Rule, mutant: Rule): (Said | null)[] {
  const screens = [rule, mutant].flatMap((each) => each.leaves.map((leaf) => compileLeaf(leaf, each.kind)));
  const touched = analytesOf(rule);
  const met = new Set<string>();
  return [null, ...said].filter((one) => {
    const facts = exampleFacts(merged(one ? [one] : []), touched);
    const { ageYears } = facts.person;
    const isAdult = ageYears === null || ageYears >= ADULT_FROM_YEARS;
    const taken = `${screens.map((screen) => screen(facts)).join('')} ${ageYears === null} ${isAdult}`;
    return met.size < met.add(taken).size;
  });
}

/** One of each list; the first of each list first, the last list turning fastest. */
function* combinations<Item>(lists: readonly (readonly Item[])[]): Generator<Item[]> {
  const [first, ...rest] = lists;
  if (!first) {
    yield [];
    return;
  }
  for (const item of first) for (const others of combinations(rest)) yield [item, ...others];
}

/** What the rule says of the example where its mutant says something else, else null. */
function differenceOf(rule: Rule, mutant: Rule): (example: Example) => Promise<Expectation | null> {
  const [ready, other] = [makeReady(rule), makeReady(mutant)];
  const touched = analytesOf(rule);
  // What becomes of a verdict depends on the rule and the person's age alone: each pair of verdicts is asked for once.
  const asked = new Set<string>();
  return async (example) => {
    const facts = exampleFacts(example, touched);
    const [verdict, changed] = [ready.screen(facts), other.screen(facts)];
    if (verdict === changed) return null;
    const question = `${verdict} ${changed} ${facts.person.ageYears}`;
    if (asked.has(question)) return null;
    asked.add(question);
    const expect = expectationMet(await judgeRule(ready, facts));
    return expect === expectationMet(await judgeRule(other, facts)) ? null : expect;
  };
}
