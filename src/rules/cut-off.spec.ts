import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { AppError } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { cutOffFiles } from './cut-off.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { gatherFiles } from './rule-files.js';
import { type RulesVersion, versionOf } from './rules-version.js';
import { catalogueOf } from './vocabulary-catalogue.js';

const PATH = 'important-results/blood-count.yaml';
const WHOLE = readFileSync(`rules/${PATH}`, 'utf8');
const reading = { catalogue: () => catalogueOf(vocabulary) };
const vocabulary = loadVocabulary('vocabulary');
let files: SourceFile[];
let before: RulesVersion;
beforeAll(async () => {
  files = await gatherFiles({ rulesDir: 'rules', shippedRulesDir: 'rules' }, []);
  before = await versionOf(files, reading);
});

/** Null when the files are refused, as the service would; else the rules that would be in force. */
async function inForce(text: string): Promise<number | null> {
  const cut = files.map((file) => (file.path === PATH ? { ...file, text } : file));
  try {
    const after = await versionOf(cut, reading);
    return cutOffFiles(before, after, cut).length > 0 ? null : after.rules.length;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

it('a file that was cut off in the middle of a line is refused, or has all its rules', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: WHOLE.length - 1 }), async (length) => {
      const text = WHOLE.slice(0, length);
      fc.pre(!text.endsWith('\n'));
      expect([null, before.rules.length]).toContain(await inForce(text));
    }),
    { numRuns: 60 },
  );
});

it('rules that were taken out are gone', async () => {
  const without = WHOLE.slice(0, WHOLE.indexOf('  - id: rbc-low'));
  const left = before.rules.length - (WHOLE.match(/- id: /g)!.length - 1);
  expect(await inForce(without)).toBe(left);
});

it('the fault names the rules that would be lost, and how to say that they are to go', async () => {
  const text = WHOLE.slice(0, WHOLE.indexOf('  - id: rbc-low')).trimEnd();
  const cut = files.map((file) => (file.path === PATH ? { ...file, text } : file));
  const [fault] = cutOffFiles(before, await versionOf(cut, reading), cut);
  expect(fault?.path).toBe(`${PATH}:${text.split('\n').length}:${text.split('\n').at(-1)!.length + 1}`);
  expect(fault?.message).toMatch(/important-results\/rbc-low.*end the file with a line break/);
});
