import { readFileSync } from 'node:fs';
import { MODEL_RULES } from '../../test/support/model-rules.js';
import { MODEL_INPUTS } from '../risk-models/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { readRules } from './domain/files/read-rules.js';
import { modelFacts } from './domain/formula/model-facts.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const read = (text: string, more: { path: string; text: string }[] = []) =>
  readRules([{ path: 'pack/rules.yaml', text }, ...more], catalogue);

it('risk models are facts, of results, age, sex and history', async () => {
  const { faults } = await read(MODEL_RULES);
  expect(faults.map(({ line, message }) => `${line} ${message}`)).toEqual([]);
});

it('a formula file cannot take the name of a model', async () => {
  const formula = `kind: formula
title: { zh: 公式, en: Formulas }
source: a list
owner: nobody
review-by: 2999-12-31
formulas:
  - id: homa-ir
    title: { zh: 比值, en: Ratio }
    unit: '1'
    decimals: 2
    from: { a: ast, b: alt }
    formula: a / b
    examples: [{ facts: { ast: 1, alt: 2 }, expect: 0.5 }]
`;
  const { faults } = await read(MODEL_RULES, [{ path: 'formulas/own.yaml', text: formula }]);
  expect(faults.map(({ message }) => message).join()).toContain('"homa-ir" is already used');
});

describe('the version', () => {
  const modelsOf = async (text: string, more: { path: string; text: string }[] = []): Promise<string[]> => {
    const parts = JSON.parse((await read(text, more)).content) as [string, string, object | undefined][];
    return parts.filter(({ length }) => length === 3).map(([id]) => id);
  };

  it('follows the models that the rules look at, with what their inputs are taken from, and no others', async () => {
    const { content } = await read(MODEL_RULES);
    expect(JSON.parse(content)).toContainEqual(['china-par', '1', MODEL_INPUTS['china-par']]);
    const without = await modelsOf(MODEL_RULES.slice(0, MODEL_RULES.indexOf('  - id: ascvd-high')));
    expect(without).not.toContain('china-par');
    expect(without).not.toContain('prevent-cvd');
  });

  it('follows those too that are shown beside a level, each once', async () => {
    const plan = { path: 'stratification/levels.yaml', text: readFileSync('rules/stratification/levels.yaml', 'utf8') };
    const models = await modelsOf(MODEL_RULES, [plan]);
    expect(models).toEqual([...new Set(models)]);
    expect(models).toEqual(expect.arrayContaining(['china-par', 'prevent-cvd', 'prevent-ascvd', 'prevent-hf', 'fib-4']));
  });
});

it('docs/rules/risk-models.md names every fact of a model, and all that it is computed from', () => {
  const page = readFileSync('docs/rules/risk-models.md', 'utf8');
  for (const { id, inputs, call } of modelFacts(catalogue)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` | \``)) ?? '';
    const records = Object.values(call.person).flat().filter((fact) => fact.includes('.'));
    const named = [...row.matchAll(/`([^`]+)`/g)].map((name) => name[1]!);
    expect(named.sort()).toEqual([id, ...inputs.map(({ analyte }) => analyte), ...records].sort());
  }
});
