import fc from 'fast-check';
import { loadVocabulary } from '../../../terminology/index.js';
import { catalogueOf } from '../vocabulary-catalogue.js';
import { exampleFacts, expectationMet } from '../files/check-examples.js';
import { type PlacedRule } from '../files/read-rule-file.js';
import { readRules } from '../files/read-rules.js';
import { judgeRule } from '../judge.js';
import { analytesOf, makeReady } from '../rule-set.js';
import { type Rule } from '../rule.js';
import { editSurroundings } from './edit.js';
import { measureRule } from './measure-rule.js';
import { mutantsOf } from './mutate-rule.js';
import { merged, Sayings } from './sayings.js';
import { tellApart } from './tell-apart.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const sayings = new Sayings(catalogue);
const around = { lexicons: new Map(), ...editSurroundings(catalogue), sayings, texts: [] };

const number = fc.integer({ min: 1, max: 5 });
const compared = fc.constantFrom(
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
  'equal',
  'notEqual',
);
const leaf = fc.oneof(
  fc
    .tuple(fc.constantFrom('wbc', 'rbc'), compared, number)
    .map(
      ([fact, operator, value]) =>
        `{ fact: ${fact}, operator: ${operator}, value: ${value}, unit: ${fact === 'wbc' ? '10*9/L' : '10*12/L'} }`,
    ),
  fc
    .tuple(compared, fc.constantFrom('±', '+', '++'))
    .map(([operator, value]) => `{ fact: urine-protein, operator: ${operator}, value: ${value} }`),
  fc
    .constantFrom('[HSIL]', '[HSIL, AIS]')
    .map((value) => `{ fact: cytology, operator: in, value: ${value} }`),
  fc.tuple(compared, number).map(([operator, value]) => `{ fact: age, operator: ${operator}, value: ${value}, unit: a }`),
  fc.constantFrom('male', 'female').map((value) => `{ fact: sex, operator: equal, value: ${value} }`),
);
const { shape } = fc.letrec<{ shape: string }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('shape'), { minLength: 1, maxLength: 3 }).map((parts) => `{ all: [${parts.join(', ')}] }`),
    fc.array(tie('shape'), { minLength: 1, maxLength: 3 }).map((parts) => `{ any: [${parts.join(', ')}] }`),
    tie('shape').map((part) => `{ not: ${part} }`),
  ),
}));
/** A rule that looks at a result at all. */
const conditions = shape.map((one) => `{ all: [{ fact: wbc, operator: lessThan, value: 4, unit: 10*9/L }, ${one}] }`);
const head = fc.record({
  kind: fc.constantFrom('critical', 'vitals'),
  population: fc.constantFrom('adult', 'child', 'any'),
});
type Head = typeof head extends fc.Arbitrary<infer Value> ? Value : never;

async function ruleOf(condition: string, { kind, population }: Head, examples: readonly string[]): Promise<PlacedRule> {
  const text = `kind: ${kind}
title: a
source: s
population: ${population}
rules:
  - id: a
    title: { zh: 甲, en: a }
    conditions: ${condition}
    event: { type: notify, params: { class: B, advice: { zh: 复查 } } }
    examples:
${['{ facts: {}, expect: unknown }', ...examples].map((example) => `      - ${example}\n`).join('')}`;
  const { placed } = await readRules([{ path: 'pack/a.yaml', text }], catalogue);
  return placed[0]!;
}

/** What an example may say of each fact, beside nothing: numbers on, between and beyond the limits, and spans. */
const SAID: Record<string, string[]> = {
  wbc: ['0.5', '1', '1.5', '2', '3', '3.9', '4', '4.5', '5', '6', '1-3', '2.5-4.5', "'>2'", "'≤4'"],
  rbc: ['0.5', '1', '2', '2.5', '3', '4', '5', '5.5', '2-4', "'>3'"],
  'urine-protein': ["'-'", '±', '+', '++', '+++', '阳性'],
  cytology: ['HSIL', 'AIS', 'LSIL'],
  age: ['0', '1', '2', '3', '4', '5', '6', '17', '18', '40'],
  sex: ['male', 'female'],
};
const example = fc
  .record(Object.fromEntries(Object.entries(SAID).map(([fact, values]) => [fact, fc.option(fc.constantFrom(...values))])))
  .map((said) => Object.entries(said).flatMap(([fact, value]) => (value === null ? [] : sayings.of(fact, [{ now: value, earlier: [] }]))));

async function expectationsOf(rule: Rule, tried: readonly Parameters<typeof merged>[0][]): Promise<string[]> {
  const ready = makeReady(rule);
  const found: string[] = [];
  for (const said of tried) found.push(expectationMet(await judgeRule(ready, exampleFacts(merged(said), analytesOf(rule)))));
  return found;
}

it('a change taken for none is noticed by no example', async () => {
  let equal = 0;
  await fc.assert(
    fc.asyncProperty(conditions, head, fc.array(example, { minLength: 20, maxLength: 20 }), async (condition, top, tried) => {
      const placed = await ruleOf(condition, top, []);
      const expected = await expectationsOf(placed.rule, tried);
      for (const mutant of mutantsOf(placed, around)) {
        if (await tellApart(placed.rule, mutant.rule, around)) continue;
        equal++;
        expect(await expectationsOf(mutant.rule, tried)).toEqual(expected);
      }
    }),
    { numRuns: 15 },
  );
  // It has been met, or the test would prove nothing.
  expect(equal).toBeGreaterThan(10);
});

it('the examples that are proposed hold, and notice every change that survived', async () => {
  let proposed = 0;
  await fc.assert(
    fc.asyncProperty(conditions, head, async (condition, top) => {
      const { survivors } = await measureRule(await ruleOf(condition, top, []), around);
      const examples = [...new Set(survivors.map(({ example }) => example!))];
      proposed += examples.length;
      const held = await ruleOf(condition, top, examples);
      for (const one of held.examples.slice(1)) {
        const facts = exampleFacts(one, analytesOf(held.rule));
        expect(expectationMet(await judgeRule(makeReady(held.rule), facts))).toBe(one.expect);
      }
      expect((await measureRule(held, around)).survivors).toEqual([]);
    }),
    { numRuns: 15 },
  );
  expect(proposed).toBeGreaterThan(80);
});
