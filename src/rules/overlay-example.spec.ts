import { loadVocabulary } from '../terminology/index.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { gatherFiles, partFiles } from './rule-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));

it('the example of the documents is sound over the shipped packs, and changes what it says', async () => {
  const folders = { rulesDir: 'rules', shippedRulesDir: 'rules', overlayDir: 'docs/rules/overlay-example' };
  const { rules: files } = partFiles(await gatherFiles(folders, []));
  const { faults, overlay } = await readRules(files, catalogue);
  expect(faults).toEqual([]);
  expect(overlay.map(({ about, what }) => `${about} ${what}`)).toEqual([
    'important-results/hb-low changed',
    'important-results/stool-occult-blood off',
    'important-results/urine-wbc changed',
  ]);
});
