import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { loadVocabulary } from '../terminology/index.js';
import { type ReadRules, readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const HEAD = 'title: { zh: 甲, en: a }\nsource: s\nowner: o\nreview-by: 2027-11-26';
const LEXICON = {
  path: 'lexicon/words.yaml',
  text: `kind: lexicon\nid: words\n${HEAD}\nmalignant: [{ phrase: 癌, examples: { unclear: [肝癌] } }]`,
};
const EVENT = 'event: { type: notify, params: { class: B, advice: { zh: 复查 } } }';
/** Every kind of condition, in every grouping. */
const MIXED = `kind: critical
${HEAD}
review: pending
rules:
  - id: women
    title: { zh: 女, en: women }
    status: recalled
    conditions:
      all:
        - { fact: hb, operator: lessThan, value: 9.0, unit: g/dL }
        - { fact: sex, operator: in, value: [female] }
        - not: { fact: age, operator: greaterThan, value: 60, unit: a }
    ${EVENT}
    examples:
      - { facts: { hb: 89, sex: female, age: 60 }, expect: fires }
      - { facts: { hb: 90, sex: male, age: 61 }, expect: silent }
  - id: coded
    title: { zh: 分类, en: coded }
    conditions: { any: [{ fact: cytology, operator: in, value: [HSIL] }, { fact: urine-protein, operator: equal, value: ++ }] }
    ${EVENT}
    examples:
      - { facts: { cytology: HSIL, urine-protein: ++ }, expect: fires }
      - { facts: { cytology: NILM, urine-protein: + }, expect: silent }
  - id: trend
    title: { zh: 变化, en: trend }
    conditions:
      all:
        - { fact: hb, operator: greaterThanInclusive, value: 20, unit: g/L, params: { over: fall, within: 90 d } }
        - { fact: hb, operator: lessThan, value: 90, unit: g/L }
        - { fact: history.anaemia, operator: equal, value: false }
        - not: { fact: hb, operator: greaterThan, value: 1, params: { over: count, visits: 3, when: { operator: lessThan, value: 60, unit: g/L } } }
    ${EVENT}
    examples:
      - { facts: { hb: 80, history.anaemia: false }, earlier: [{ days: 30, facts: { hb: 120 } }], expect: fires }
      - { facts: { hb: 100, history.anaemia: true }, earlier: [{ days: 30, facts: { hb: 100 } }], expect: silent }
      - { facts: { hb: 50 }, earlier: [{ days: 30, facts: { hb: 50 } }], expect: silent }
  - id: read
    title: { zh: 文字, en: read }
    conditions:
      any:
        - { fact: cytology, operator: cannotExclude, value: words, params: { categories: [HSIL] } }
        - { fact: urine-wbc, operator: microscopyAbove, value: 15, unit: '/[HPF]', params: { grade: ++ } }
        - { fact: tumour-marker, operator: aboveOwnLimit, value: 1 }
    ${EVENT}
    examples:
      - { facts: { cytology: HSIL, urine-wbc: 16, cea: { value: 6, limit: 5 } }, expect: fires }
      - { facts: { cytology: NILM, urine-wbc: 15, cea: { value: 5, limit: 5 } }, expect: silent }
`;
const FILES = [
  MIXED,
  ...['blood-count', 'urine-stool'].map((name) =>
    readFileSync(`rules/important-results/${name}.yaml`, 'utf8'),
  ),
];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a slip of the hand leaves where a value stood; undefined: nothing at all. */
const SLIPS: (Json | undefined)[] = [
  undefined,
  null,
  '',
  [],
  {},
  [null],
  true,
  0,
  1e9,
  'all',
  '++',
  [[]],
  { all: [] },
  { fact: 'age' },
];

type Way = (string | number)[];

function waysIn(node: Json, way: Way = []): Way[] {
  if (node === null || typeof node !== 'object') return [way];
  return [
    way,
    ...Object.entries(node).flatMap(([key, value]: [string, Json]) => waysIn(value, [...way, key])),
  ];
}

function mangled(node: Json, [step, ...further]: Way, instead: Json | undefined): Json | undefined {
  if (step === undefined || node === null || typeof node !== 'object') return instead;
  const kept = Object.entries(node).flatMap(([key, value]: [string, Json]): [string, Json][] => {
    const next = key === String(step) ? mangled(value, further, instead) : value;
    return next === undefined ? [] : [[key, next]];
  });
  return Array.isArray(node) ? kept.map(([, value]) => value) : Object.fromEntries(kept);
}

const SOUND = FILES.map((text) => parse(text) as Json);
/** A file, and a place in it. */
const slip = fc
  .constantFrom(...SOUND)
  .chain((file) => fc.tuple(fc.constant(file), fc.constantFrom(...waysIn(file)), fc.constantFrom(...SLIPS)));

const read = (text: string): Promise<ReadRules> =>
  readRules([{ path: 'pack/file.yaml', text }, LEXICON], catalogue);

it('the files are sound as they stand', async () => {
  for (const text of FILES) expect((await read(text)).faults).toEqual([]);
});

it('no slip makes a rule vanish without a fault, and every fault has its place and its words', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(slip, async ([sound, way, instead]) => {
      const file = mangled(sound, way, instead) as { rules?: Json[] };
      const text = JSON.stringify(file ?? null, null, 1);
      const { rules, faults, warnings } = await read(text);
      if (faults.length === 0) expect(rules).toHaveLength(file?.rules?.length ?? -1);
      else refused++;
      const lines = text.split('\n').length;
      for (const { line, column, zh, en, kind, message } of [...faults, ...warnings]) {
        expect(line >= 1 && line <= lines && column >= 1).toBe(true);
        expect([kind, zh]).toEqual([kind, expect.stringMatching(/[\u4e00-\u9fff].*[。？]$/s)]);
        expect([kind, en]).toEqual([kind, expect.stringMatching(/[a-z].*[.?]$/s)]);
        expect(message).not.toMatch(/\{\w+\}|undefined|\[object|NaN/);
      }
    }),
    { numRuns: 250 },
  );
  expect(refused).toBeGreaterThan(100);
});
