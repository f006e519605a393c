import { type Bilingual } from '../catalogue.js';
import { exampleFacts, expectationMet } from '../files/check-examples.js';
import { type Surroundings } from '../files/surroundings.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { judgeRule } from '../judge.js';
import { analytesOf, makeReady } from '../rule-set.js';
import { type EditSurroundings } from './edit.js';
import { type Mutant, mutantsOf } from './mutate-rule.js';
import { tellApart, type TellingSurroundings } from './tell-apart.js';

/** A change to a rule or a lexicon. */
export interface Slip {
  /** `file:line:column` of what was changed. */
  path: string;
  /** Full name of the rule, or id of the lexicon. */
  subject: string;
  title: Bilingual;
  what: Bilingual;
}

/** A change that no example notices. */
export interface Survivor extends Slip {
  /** An example that would notice; null when none was found. */
  example: string | null;
}

/** How well examples hold what they are examples of. */
export interface Strength {
  /** Changes made that make a difference. */
  mutants: number;
  /** Those that an example noticed. */
  noticed: number;
  survivors: Survivor[];
  /** Changes that leave the rule what it was (a limit that its neighbour implies): no example could notice. */
  equal: Slip[];
  /** Names of the rules that were not tried to their end, since the most was reached. */
  unmeasured: string[];
}

/** How far the measuring goes. */
export interface Measuring {
  /** So many changes are tried at most. */
  most?: number;
  /** Called before each: lets others have their turn, and throws where nobody waits for the answer any more. */
  pause?: () => Promise<void>;
}

/**
 * Makes every change to the rule and runs its examples: a change is noticed when one of them no longer gets what it
 * expects. A change that no example could notice, whatever it said, leaves the rule what it was and does not count.
 */
export async function measureRule(
  placed: PlacedRule,
  around: Surroundings & EditSurroundings & TellingSurroundings,
  { most = Infinity, pause }: Measuring = {},
): Promise<Strength> {
  const { rule } = placed;
  const isNoticed = noticing(placed);
  const measured: Strength = { mutants: 0, noticed: 0, survivors: [], equal: [], unmeasured: [] };
  let tried = 0;
  for (const mutant of mutantsOf(placed, around)) {
    if (tried++ >= most) {
      measured.unmeasured.push(rule.id);
      break;
    }
    await pause?.();
    const isSeen = await isNoticed(mutant);
    const telling = isSeen ? null : await tellApart(rule, mutant.rule, around);
    const path = `${rule.file}:${mutant.place.line}:${mutant.place.column}`;
    const slip: Slip = { path, subject: rule.id, title: rule.title, what: mutant.what };
    if (isSeen) measured.noticed++;
    else if (telling) measured.survivors.push({ ...slip, example: telling.example });
    else measured.equal.push(slip);
  }
  measured.mutants = measured.noticed + measured.survivors.length;
  return measured;
}

/** Whether an example notices; the engine is asked only where the screens differ. */
function noticing({ rule, examples }: PlacedRule): (mutant: Mutant) => Promise<boolean> {
  const { screen } = makeReady(rule);
  const touched = analytesOf(rule);
  const runs = examples.map((example) => {
    const facts = exampleFacts(example, touched);
    return { facts, expect: example.expect, verdict: screen(facts) };
  });
  return async (mutant) => {
    const ready = makeReady(mutant.rule);
    for (const { facts, expect, verdict } of runs) {
      if (ready.screen(facts) === verdict) continue;
      if (expectationMet(await judgeRule(ready, facts)) !== expect) return true;
    }
    return false;
  };
}
