import { loadVocabulary } from '../terminology/index.js';
import { checkRules, listRules } from './check-rules.js';
import { type Rule } from './domain/rule.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { readRules } from './domain/files/read-rules.js';
import { measureStrength } from './domain/strength/strength.js';
import { readFiles } from './read-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
let check: Awaited<ReturnType<typeof checkRules>>;
beforeAll(async () => {
  check = await checkRules('rules', catalogue, '2026-11-26');
}, 120_000);

it('the shipped packs are in force: no fault in any file, and every example holds', () => {
  expect(check.faults).toEqual([]);
  expect(check.version).toMatch(/^[0-9a-f]{64}$/);
  expect(check.examples).toBeGreaterThan(300);
});

it('the shipped examples notice every change to a limit, operator, unit, condition or phrase', () => {
  const { strength } = check;
  expect(strength?.survivors).toEqual([]);
  expect(strength?.noticed).toBe(strength?.mutants);
  expect(strength?.mutants).toBeGreaterThan(200);
});

it('and any other operator that can stand there', async () => {
  const { placed } = await readRules(await readFiles('rules'), catalogue);
  const { survivors, mutants } = await measureStrength(placed, [], catalogue, { operators: 'every' });
  expect(survivors).toEqual([]);
  expect(mutants).toBeGreaterThan(150);
});

it('important-results has every row of the published list, class B, with source and advice in both languages', async () => {
  const rules = (await listRules('rules', catalogue)).filter((rule) => rule.pack === 'important-results');
  const calling = rules.filter((rule) => rule.event.type === 'notify').map((rule) => rule.id.split('/')[1]);
  expect(calling.sort()).toEqual([
    'ck-high',
    'creatinine-high',
    'cytology-malignancy',
    'glucose-2h',
    'glucose-fasting',
    'hb-low',
    'imaging-malignancy',
    'plt-high',
    'plt-low',
    'rbc-high',
    'rbc-low',
    'stool-occult-blood',
    'tumour-marker-high',
    'urine-glucose',
    'urine-ketones',
    'urine-protein',
    'urine-rbc',
    'urine-wbc',
    'wbc-low',
  ]);
  for (const { event, source, population } of rules) {
    expect(source).toContain('重要阳性结果通知标准');
    expect(population).toBe('adult');
    if (event.type === 'count') continue;
    expect(event.class).toBe('B');
    expect(event.advice.en).toBeTruthy();
  }
});

describe.each(['consensus-ab', 'lab-critical'])('%s', (pack) => {
  let rules: Rule[];
  beforeAll(async () => {
    rules = (await listRules('rules', catalogue)).filter((rule) => rule.pack === pack);
  });

  it('says of every limit where it is from and how it stands there; what nobody saw in its source waits for a doctor', () => {
    expect(rules.length).toBeGreaterThan(80);
    for (const { id, status, review, source } of rules) {
      expect([id, status]).not.toContain(null);
      expect([id, review]).toEqual([id, status === 'found' ? null : 'pending']);
      expect(source).toMatch(/专家共识|危急值|\[|记忆所及|本项目拟定/);
    }
  });

  it('tells the nurse what to say, in both languages, and of class A that it is urgent', () => {
    for (const { id, event } of rules) {
      if (event.type === 'count') throw new Error(`${id} only counts`);
      expect([id, event.advice.zh !== '', event.advice.en !== undefined]).toEqual([id, true, true]);
      if (event.class === 'A') expect([id, event.advice.zh]).toEqual([id, expect.stringMatching(/请(立即|当日)/)]);
    }
  });

  it('speaks of adults, but for the rules of children', () => {
    for (const { id, population } of rules) {
      expect([id, population]).toEqual([id, /\/(child|newborn|infant|teenager)-/.test(id) ? 'child' : 'adult']);
    }
  });
});

it('class A is only in the packs that may speak of it', async () => {
  const graver = (await listRules('rules', catalogue)).filter(({ event }) => event.class === 'A');
  expect([...new Set(graver.map(({ pack }) => pack))].sort()).toEqual(['consensus-ab', 'lab-critical']);
});
