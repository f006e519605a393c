import { explanationInWords } from '../src/cli/explanation-in-words.js';
import { type MeasuredFact, NOTHING_EARLIER, UNKNOWN_PERSON } from '../src/kernel/index.js';
import { explain } from '../src/rules/domain/explain/explain.js';
import { readRules } from '../src/rules/domain/files/read-rules.js';
import { judgeRule } from '../src/rules/domain/judge.js';
import { makeReady } from '../src/rules/domain/rule-set.js';
import { catalogueOf } from '../src/rules/domain/vocabulary-catalogue.js';
import { readFiles } from '../src/rules/read-files.js';
import { loadVocabulary } from '../src/terminology/load-vocabulary.js';
import { documentedBlock } from './support/documented.js';

it('docs/rules/explaining.md shows an explanation as it is printed', async () => {
  const catalogue = catalogueOf(loadVocabulary('vocabulary'));
  const { placed } = await readRules(await readFiles('rules'), catalogue);
  const { rule } = placed.find((one) => one.rule.id === 'important-results/glucose-fasting')!;
  const asSent = '145 mg/dL';
  const value = catalogue.read('glucose-fasting', asSent);
  const measurement = { component: 0, analyte: 'glucose-fasting', value, asSent, ownLimit: null, doubts: [] };
  const source = { observationId: '01a21a11', component: 0, at: '2026-11-25T00:15:00.000Z', status: 'final' };
  const anchor: MeasuredFact = { measurement, source };
  const zone = 'Asia/Shanghai';
  const facts = { person: UNKNOWN_PERSON, anchor, others: new Map(), earlier: NOTHING_EARLIER, zone };
  const { evidence } = await judgeRule(makeReady(rule), facts);
  const printed = explanationInWords(explain(rule, evidence, { catalogue, zone })!).join('\n');
  expect(documentedBlock('docs/rules/explaining.md', 'explanation').trimEnd()).toBe(printed);
});
