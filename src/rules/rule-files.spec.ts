import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, type FileFault } from '../kernel/index.js';
import { cutOffFiles } from './cut-off.js';
import { readRules } from './domain/files/read-rules.js';
import { DISK_MESSAGES } from './domain/messages/disk-messages.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';
import { loadVocabulary } from '../terminology/index.js';
import { gatherFiles, signatureOf } from './rule-files.js';
import { policyAmong } from './rules-version.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
let folder: string;
let overlay: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstcall-rules-'));
  overlay = mkdtempSync(join(tmpdir(), 'firstcall-overlay-'));
  cpSync('rules/important-results', join(folder, 'important-results'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(overlay, { recursive: true });
});

const gather = (overlayDir: string | null = null) =>
  gatherFiles({ rulesDir: folder, shippedRulesDir: 'rules', overlayDir }, [{ path: 'a.yaml', text: 'a' }]);

it('a version is rules, overlay, policy (the shipped one where there is no other) and vocabulary', async () => {
  writeFileSync(join(folder, 'schema.json'), '{}');
  writeFileSync(join(folder, '.hidden.yaml'), 'x');
  writeFileSync(join(overlay, 'changes.yaml'), 'x');
  const paths = (await gather(overlay)).map(({ path }) => path);
  expect(paths.filter((path) => !path.startsWith('important-results/'))).toEqual([
    'notification/policy.yaml',
    'overlay/changes.yaml',
    'vocabulary/a.yaml',
  ]);
});

it.each([
  ['CR alone, as old Macs end lines', '\r'],
  ['CR and LF', '\r\n'],
])('lines may end with %s', async (_, end) => {
  const path = 'important-results/blood-count.yaml';
  const before = await gather();
  const text = before.find((file) => file.path === path)!.text;
  writeFileSync(join(folder, path), text.replaceAll('\n', end));
  const after = await gather();
  const read = async (files: typeof after) =>
    (await readRules(files.filter((file) => file.path === path), catalogue)).rules.map(({ id }) => id);
  expect(await read(after)).toEqual(await read(before));
  expect(await read(after)).not.toEqual([]);
  expect(cutOffFiles(before, after)).toEqual([]);
});

it('a link to a file is followed', async () => {
  symlinkSync(join(process.cwd(), 'rules/lexicon/cytology.yaml'), join(folder, 'linked.yaml'));
  expect((await gather()).find(({ path }) => path === 'linked.yaml')?.text).toContain('kind: lexicon');
});

const seen = new Set<string>();
function note(faults: readonly FileFault[]): string[] {
  for (const { kind } of faults) seen.add(kind);
  return faults.map(({ path, kind }) => `${path} ${kind}`);
}

describe('what cannot be read is refused, not left out', () => {
  it.each<[string, () => void, string]>([
    ['a folder that is not there', () => rmSync(folder, { recursive: true }), 'RULES_DIR folder-unreadable'],
    ['an overlay without files', () => undefined, 'RULES_OVERLAY_DIR empty-overlay'],
    [
      'a pack with a name that is taken',
      () => {
        mkdirSync(join(folder, 'overlay'));
        writeFileSync(join(folder, 'overlay/a.yaml'), 'x');
      },
      'overlay/a.yaml:1:1 reserved-folder',
    ],
    ['a link to nowhere', () => symlinkSync('nowhere', join(folder, 'a.yaml')), 'a.yaml:1:1 file-unreadable'],
    ['a link to a folder', () => symlinkSync('important-results', join(folder, 'linked')), 'linked:1:1 link-to-folder'],
    ['a folder with the name of a file', () => mkdirSync(join(folder, 'a.yaml')), 'a.yaml:1:1 not-a-file'],
    [
      'a file that Notepad has renamed',
      () => writeFileSync(join(folder, 'b.yaml.txt'), 'kind: critical'),
      'b.yaml.txt:1:1 renamed-file',
    ],
    ['a device in place of a file', () => symlinkSync('/dev/null', join(folder, 'a.yaml')), 'a.yaml:1:1 not-a-file'],
    [
      'a file that is no file of rules',
      () => {
        writeFileSync(join(folder, 'dump.json'), '');
        truncateSync(join(folder, 'dump.json'), 3 * 1024 * 1024);
      },
      'dump.json:1:1 file-too-large',
    ],
  ])('%s', async (_, spoil, said) => {
    spoil();
    const refusal = await gather(overlay).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(note((refusal as AppError).faults as FileFault[])).toEqual([said]);
  });

  it('a file that was cut off, and a version without a policy', () => {
    const [before, after] = ['kind: critical\n', 'kind: cri'].map((text) => [{ path: 'a.yaml', text }]);
    expect(note(cutOffFiles(before!, after!))).toEqual(['a.yaml:1:10 cut-off']);
    expect(note([...policyAmong([], []).faults])).toEqual(['notification/policy.yaml no-policy']);
  });

  it('each by a message of its own', () => {
    expect(Object.keys(DISK_MESSAGES).filter((kind) => !seen.has(kind))).toEqual([]);
  });
});

describe('from outside, the files look otherwise', () => {
  const look = () => signatureOf({ rulesDir: folder, shippedRulesDir: 'rules', overlayDir: overlay });
  const PATH = 'important-results/tumour.yaml';
  it.each<[string, () => void]>([
    ['when one is written', () => writeFileSync(join(folder, PATH), 'x')],
    ['when one is added', () => writeFileSync(join(folder, 'a.yaml'), 'x')],
    ['when one is removed', () => rmSync(join(folder, PATH))],
    ['when one is added to the overlay', () => writeFileSync(join(overlay, 'a.yaml'), 'x')],
    ['when the folder is gone', () => rmSync(folder, { recursive: true })],
  ])('%s', async (_, change) => {
    const before = await look();
    expect(await look()).toBe(before);
    change();
    expect(await look()).not.toBe(before);
  });
});
