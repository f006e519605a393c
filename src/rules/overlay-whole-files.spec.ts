import { loadVocabulary } from '../terminology/index.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { readFiles } from './read-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const HEAD = `kind: overlay
title: { zh: 本院调整, en: Changes of this centre }
source: made for a test
owner: nobody
review-by: 2999-12-31
changes:
`;
let shipped: SourceFile[];
let ids: { id: string; file: string }[];
beforeAll(async () => {
  shipped = await readFiles('rules');
  ids = (await readRules(shipped, catalogue, { wereInForce: true })).rules;
});

async function under(changes: readonly string[]): Promise<{ faults: string[]; left: Set<string> }> {
  const overlay = { path: 'overlay/changes.yaml', text: HEAD + changes.join('') };
  const { faults, rules } = await readRules([...shipped, overlay], catalogue, { wereInForce: true });
  return { faults: faults.map(({ path, kind }) => `${path} ${kind}`), left: new Set(rules.map(({ id }) => id)) };
}
const off = (id: string) => `  - { rule: ${id}, reason: 本院不用, off: true }\n`;
const advice = (id: string) => `  - { rule: ${id}, reason: 本院的说法, change: { advice: { zh: 请复查, en: repeat it } } }\n`;

it('a centre may switch off every rule of a file, and of a pack that the level plan speaks of', async () => {
  const others = ids.filter(({ id }) => !id.startsWith('lab-critical/'));
  const { faults, left } = await under(ids.filter((one) => !others.includes(one)).map(({ id }) => off(id)));
  expect(faults).toEqual([]);
  expect([...left].sort()).toEqual(others.map(({ id }) => id).sort());
});

it('or say each of them in its own words', async () => {
  const { faults, left } = await under(ids.filter(({ file }) => file === 'consensus-ab/blood-count.yaml').map(({ id }) => advice(id)));
  expect(faults).toEqual([]);
  expect(left.size).toBe(ids.length);
});

it('but not every rule there is: a service without a rule calls nobody', async () => {
  const { faults } = await under(ids.map(({ id }) => off(id)));
  expect(faults).toEqual(['. no-rules']);
});
