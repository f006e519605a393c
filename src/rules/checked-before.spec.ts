import fc from 'fast-check';
import { loadVocabulary } from '../terminology/index.js';
import { CheckedBefore } from './domain/files/checked-before.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { readFiles } from './read-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const PARTS = /^(important-results|lexicon|formulas)\//;
let files: SourceFile[];
beforeAll(async () => {
  files = (await readFiles('rules')).filter(({ path }) => PARTS.test(path));
});

const faultsOf = async (of: readonly SourceFile[], checked?: CheckedBefore): Promise<string[]> =>
  (await readRules(of, catalogue, { checked })).faults.map(({ path, message }) => `${path}: ${message}`);

/** What an edit may do to a file; an edit that finds nothing to change leaves it as it is. */
const EDITS: ((text: string) => string)[] = [
  (text) => text.replace(/value: (\d)/, 'value: 9$1'),
  (text) => text.replace('lessThanInclusive', 'greaterThan'),
  (text) => text.replace('expect: fires', 'expect: silent'),
  (text) => text.replace('class: B', 'class: A'),
  (text) => text.replace(/ {2}- id: [^]*?(?=\n {2}- id: )/, ''),
  (text) => text.replace(/phrase: \S+?([,} ])/, 'phrase: 甲$1'),
  (text) => `${text}\n# 核对 looked at\n`,
];

it('what was checked before is told again as a reading that remembers nothing tells it, edit after edit', async () => {
  const possible = files.flatMap(({ text }, at) =>
    EDITS.flatMap((change) => (change(text) === text ? [] : [{ at, change }])),
  );
  const edit = fc.record({ edit: fc.constantFrom(...possible), isKept: fc.boolean() });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const checked = new CheckedBefore();
      let now = files;
      await faultsOf(now, checked);
      for (const { edit: { at, change }, isKept } of edits) {
        const edited = now.map((one, i) => (i === at ? { ...one, text: change(one.text) } : one));
        const told = await faultsOf(edited, checked);
        expect(told).toEqual(await faultsOf(edited));
        if (told.length > 0) refused++;
        if (isKept) now = edited;
      }
    }),
    { numRuns: 6 },
  );
  expect(refused).toBeGreaterThan(3);
});

it('files that are sound are checked once: a lexicon that is another has every rule checked again', async () => {
  const checked = new CheckedBefore();
  await faultsOf(files, checked);
  const asked: string[] = [];
  const isSound = checked.isSound.bind(checked);
  checked.isSound = (what) => {
    if (!isSound(what)) asked.push(what.slice(0, what.indexOf('\n')));
    return isSound(what);
  };
  await faultsOf(files, checked);
  expect(asked).toEqual([]);
  const path = 'important-results/urine-stool.yaml';
  await faultsOf(
    files.map((one) => (one.path === path ? { ...one, text: `${one.text}\n# x\n` } : one)),
    checked,
  );
  expect(asked).toEqual([`file ${path}`, 'pack important-results']);
  asked.length = 0;
  await faultsOf(
    files.map((one) => (one.path.startsWith('lexicon/') ? { ...one, text: `${one.text}\n# x\n` } : one)),
    checked,
  );
  expect(asked).toContain('file important-results/blood-count.yaml');
});
