import { testRules } from '../src/cli/rules-test.js';
import { MODEL_INPUTS } from '../src/risk-models/index.js';
import { listRules } from '../src/rules/check-rules.js';
import { catalogueOf } from '../src/rules/domain/vocabulary-catalogue.js';
import { loadVocabulary } from '../src/terminology/index.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));

it('every condition of the shipped rules decides, once by holding and once by failing, in an example or a case', async () => {
  const { coverage } = await testRules('rules', catalogue, 'Asia/Shanghai');
  expect(coverage.length).toBeGreaterThan(400);
  const idle = coverage.flatMap(({ conditions }) =>
    conditions.filter(({ decided }) => decided.holding === 0 || decided.failing === 0),
  );
  expect(idle).toEqual([]);
}, 120_000);

it('a level counts the cardiovascular disease that the risk models count, however it stands on record', async () => {
  const rules = await listRules('rules', catalogue);
  const { priorAscvd, familyHistory } = MODEL_INPUTS['china-par']!.records;
  for (const records of [priorAscvd!, familyHistory!]) {
    const [coronary, infarction] = records;
    const asking = rules.filter(({ leaves }) => leaves.some(({ fact }) => fact === coronary));
    expect(asking.length).toBeGreaterThan(0);
    for (const { id, leaves } of asking)
      expect([id, leaves.map(({ fact }) => fact)]).toEqual([id, expect.arrayContaining([infarction])]);
  }
});
