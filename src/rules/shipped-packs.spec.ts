import { loadVocabulary } from '../terminology/index.js';
import { checkRules } from './check-rules.js';
import { catalogueOf } from './vocabulary-catalogue.js';

it('the shipped packs are in force: no fault in any file, and every example holds', async () => {
  const check = await checkRules('rules', catalogueOf(loadVocabulary('vocabulary')));
  expect(check.faults).toEqual([]);
  expect(check.rules).toBeGreaterThanOrEqual(21);
  expect(check.version).toMatch(/^[0-9a-f]{64}$/);
});
