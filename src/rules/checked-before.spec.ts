import fc from 'fast-check';
import { type FileNotice, Remembered } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { checkedBefore } from './domain/files/checked-before.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readRules } from './domain/files/read-rules.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { readFiles } from './read-files.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const PARTS = /^(important-results|lexicon|formulas)\//;
let files: SourceFile[];
beforeAll(async () => {
  files = (await readFiles('rules')).filter(({ path }) => PARTS.test(path));
  // Rules that say the same twice are warned of, not refused.
  const { path, text } = files.find((one) => one.path.endsWith('urine-stool.yaml'))!;
  files.push({ path: path.replace('urine', 'copied-urine'), text: text.replaceAll('- id: ', '- id: copied-') });
});

/** Readings that were refused. */
let refused = 0;
const told = async (of: readonly SourceFile[]): Promise<string[]> => {
  const { faults, warnings } = await readRules(of, catalogue);
  refused += Number(faults.length > 0);
  return [...faults, ...warnings].map(({ path, message }) => `${path}: ${message}`);
};

let readings = 0;
/** As a process tells it that has read nothing before: no text of these was ever read. */
const toldAnew = (of: readonly SourceFile[]): Promise<string[]> => {
  readings++;
  return told(of.map((one) => ({ ...one, text: `${one.text}\n# ${readings}\n` })));
};

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

it('what was read and checked before is told again as one tells it who remembers nothing, edit after edit', async () => {
  const possible = files.flatMap(({ text }, at) =>
    EDITS.flatMap((change) => (change(text) === text ? [] : [{ at, change }])),
  );
  const edit = fc.record({ edit: fc.constantFrom(...possible), isKept: fc.boolean() });
  expect((await told(files)).join('\n')).toContain('copied-urine-glucose');
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      let now = files;
      await told(now);
      for (const { edit: { at, change }, isKept } of edits) {
        const edited = now.map((one, i) => (i === at ? { ...one, text: change(one.text) } : one));
        expect(await told(edited)).toEqual(await toldAnew(edited));
        if (isKept) now = edited;
      }
    }),
    { numRuns: 6 },
  );
  expect(refused).toBeGreaterThan(3);
});

it('files that are sound are checked once, and again when they or their pack changed', async () => {
  const remembered = new Remembered<readonly FileNotice[]>(10_000_000);
  const checked: string[] = [];
  const keep = remembered.keep.bind(remembered);
  remembered.keep = (is, warnings) => {
    checked.push(is.slice(0, is.indexOf('\n')));
    keep(is, warnings);
  };
  const read = (of: readonly SourceFile[]) => readRules(of, catalogue, { checked: remembered });
  await read(files);
  checked.length = 0;
  await read(files);
  expect(checked).toEqual([]);
  const path = 'important-results/urine-stool.yaml';
  await read(files.map((one) => (one.path === path ? { ...one, text: `${one.text}\n# x\n` } : one)));
  expect(checked).toEqual([`file ${path}`, 'pack important-results']);
});

it('among other lexicons, or with another vocabulary, nothing counts as checked', () => {
  const within = checkedBefore({ vocabulary: catalogue, texts: 'a' });
  within.keep('file x', []);
  expect(checkedBefore({ vocabulary: catalogue, texts: 'a' })).toBe(within);
  expect(checkedBefore({ vocabulary: catalogue, texts: 'b' }).get('file x')).toBeUndefined();
  expect(checkedBefore({ vocabulary: { ...catalogue }, texts: 'a' }).get('file x')).toBeUndefined();
});
