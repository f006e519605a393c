import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadVocabulary } from '../terminology/index.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const { formula } = parse(readFileSync(join(import.meta.dirname, 'broken-files.yaml'), 'utf8')) as {
  formula: { sound: string };
};

const RULES = `kind: critical
title: { zh: 比值, en: Ratios }
source: a list
owner: 检验科
review-by: 2027-11-26
rules:
  - id: share-low
    title: { zh: 低, en: low }
    conditions: { all: [{ fact: free-share, operator: lessThan, value: 0.15, unit: '1' }] }
    event: { type: notify, params: { class: B, advice: { zh: 复查 } } }
    examples:
      - { facts: { psa-free: 1.4, psa-total: 10 }, expect: fires }
      - { facts: { psa-free: 1.5, psa-total: 10 }, expect: silent }
      - { facts: { psa-free: 1.5 }, expect: unknown }
      - { facts: { psa-free: <1, psa-total: 10 }, expect: fires }
      - { facts: { psa-free: <2, psa-total: 10 }, expect: review }
      - { facts: { free-share: 0.14 }, expect: fires }
`;

async function faultsOf(formulas: string, rules = RULES): Promise<string[]> {
  const files = [
    { path: 'formulas/ratios.yaml', text: formulas },
    { path: 'pack/rules.yaml', text: rules },
  ];
  return (await readRules(files, catalogue)).faults.map(({ path, message }) => `${path}: ${message}`);
}

it('a derived value is a fact like any other, of the results of one visit', async () => {
  expect(await faultsOf(formula.sound)).toEqual([]);
});

it('over time too', async () => {
  const change = RULES.replace(
    "operator: lessThan, value: 0.15, unit: '1'",
    "operator: lessThan, value: 0, unit: '1', params: { over: change }",
  ).replace(
    /examples:[\s\S]*/,
    `examples:
      - { facts: { psa-free: 1, psa-total: 10 }, earlier: [{ days: 30, facts: { psa-free: 2, psa-total: 10 } }], expect: fires }
      - { facts: { psa-free: 2, psa-total: 10 }, earlier: [{ days: 30, facts: { psa-free: 2, psa-total: 10 } }], expect: silent }
      - { facts: { psa-free: 1, psa-total: 10 }, earlier: [{ days: 30, facts: { psa-free: 2 } }], expect: unknown }
`,
  );
  expect(await faultsOf(formula.sound, change)).toEqual([]);
});

it('a rule that names a formula nobody wrote is refused', async () => {
  const faults = await faultsOf(formula.sound.replace('id: free-share', 'id: free-part'));
  expect(faults.join('\n')).toContain('Unknown fact "free-share"');
});

it('the version follows the formula', async () => {
  const contents = ['f / t', 'f / t + 0'].map(async (written) => {
    const files = [{ path: 'formulas/ratios.yaml', text: formula.sound.replace('f / t', written) }];
    return (await readRules(files, catalogue)).content;
  });
  const [one, other] = await Promise.all(contents);
  expect(one).not.toBe(other);
});
