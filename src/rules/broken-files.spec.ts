import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AppError } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { checkRules, type RulesCheck } from './check-rules.js';
import { DISK_MESSAGES } from './domain/messages/disk-messages.js';
import { readRules } from './domain/files/read-rules.js';
import { FAULT_MESSAGES } from './domain/messages/messages.js';
import { OVERLAY_MESSAGES } from './domain/messages/overlay-messages.js';
import { loadRules } from './load-rules.js';
import { readFiles } from './read-files.js';
import { readTests, type RuleTests } from './read-tests.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rules-'));
  await mkdir(join(dir, 'pack'));
});
afterEach(() => rm(dir, { recursive: true }));

/** The day by which reviews are overdue, in this file. */
const TODAY = '2026-11-26';

interface Case {
  case: string;
  /** Replaced by `to`; without it `to` is the whole file. */
  from?: string;
  to: string;
  /** `line:column` */
  at: string;
  kind: string;
  says: string | string[];
}

const BROKEN = parse(readFileSync(join(import.meta.dirname, 'broken-files.yaml'), 'utf8')) as Record<
  'rule' | 'lexicon' | 'formula' | 'policy' | 'case' | 'policyCase' | 'level' | 'levels',
  { sound: string; cases: Case[] }
>;
const SOUND = BROKEN.rule.sound;

/** A sound rule stands beside it, so that lexicons and policies are not alone. */
async function check(text: string, path = 'pack/blood.yaml'): Promise<RulesCheck> {
  await writeFile(join(dir, path), text);
  return checkRules(dir, catalogue, TODAY);
}

/** Cases are read with the rules that they are about, by `rules test` alone. */
async function checkCases(text: string, path: string): Promise<RuleTests> {
  await writeFile(join(dir, path), text);
  return readTests(await readFiles(dir), catalogue, 'Asia/Shanghai');
}

const isOfCases = (sound: string): boolean => [BROKEN.case.sound, BROKEN.policyCase.sound].includes(sound);

async function faultsOf(text: string, path?: string): Promise<string[]> {
  const { faults } = await check(text, path);
  return faults.map((fault) => `${fault.path}: ${fault.message}`);
}

it('a sound file is in force', async () => {
  expect(await faultsOf(SOUND)).toEqual([]);
  const rules = await loadRules(dir, catalogue);
  expect(rules.rules.map((rule) => rule.id)).toEqual(['pack/wbc-low']);
});

const CASES = Object.entries(BROKEN).flatMap(([kind, { sound, cases }]) =>
  cases.map((one) => [`${kind}: ${one.case}`, sound, one] as const),
);

it.each(CASES)('%s is refused, with line, column and its own message', async (_case, sound, { from, to, at, kind, says }) => {
  if (from !== undefined) expect(sound).toContain(from);
  await writeFile(join(dir, 'pack/sound.yaml'), SOUND.replace('wbc-low', 'sound'));
  await writeFile(join(dir, 'pack/words.yaml'), BROKEN.lexicon.sound.replace('id: words', 'id: others'));
  if (sound === BROKEN.level.sound) await writeFile(join(dir, 'pack/plan.yaml'), BROKEN.levels.sound);
  const text = from === undefined ? to : sound.replace(from, () => to);
  const { faults } = await (isOfCases(sound) ? checkCases : check)(text, 'pack/blood.yaml');
  const told = faults.filter((fault) => fault.kind === kind);
  expect(told.map(({ path }) => path)).toContain(`pack/blood.yaml:${at}`);
  for (const words of [says].flat()) expect(told.map(({ message }) => message).join('\n')).toContain(words);
});

it.each(['03.0', '+3.0'])('a version that was in force with a limit of %s judges on, by 3.0', async (written) => {
  const files = [{ path: 'pack/blood.yaml', text: SOUND.replace('value: 3.0', `value: ${written}`) }];
  const { rules, unread } = await readRules(files, catalogue, { wereInForce: true });
  expect(unread).toBe(0);
  expect(rules[0]?.leaves[0]).toMatchObject({ threshold: { limit: '3.0' }, written: '3.0' });
});

it('rules that give levels need a plan, and one only', async () => {
  expect((await check(BROKEN.level.sound)).faults.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'unknown-switch pack/blood.yaml:9:13',
    'no-level-plan pack/blood.yaml:15:35',
  ]);
  await writeFile(join(dir, 'pack/plan.yaml'), BROKEN.levels.sound);
  expect((await check(BROKEN.level.sound)).faults).toEqual([]);
  const second = await check(BROKEN.levels.sound, 'pack/second.yaml');
  expect(second.faults).toMatchObject([{ kind: 'second-level-plan', path: 'pack/second.yaml:1:1' }]);
});

it('a file of rules outside a pack is refused', async () => {
  expect((await check(SOUND, 'blood.yaml')).faults).toMatchObject([
    { kind: 'outside-a-pack', path: 'blood.yaml:1:1', expected: 'important-results/blood.yaml' },
  ]);
});

it('every message has a broken file that it refuses', () => {
  const elsewhere = ['no-rules', 'doubled-lexicon', 'outside-a-pack', 'no-level-plan', 'second-level-plan'];
  const others = [...Object.keys(DISK_MESSAGES), ...Object.keys(OVERLAY_MESSAGES)];
  const seen = [...CASES.map(([, , { kind }]) => kind), ...elsewhere, ...others];
  expect(Object.keys(FAULT_MESSAGES).filter((kind) => !seen.includes(kind))).toEqual([]);
  expect(new Set(seen).size).toBeGreaterThanOrEqual(40);
});

it('tells each part of a fault by itself: file, place, found, expected, nearest name', async () => {
  const { faults } = await check(SOUND.replace('lessThanInclusive', 'lessThenInclusive'));
  expect(faults[0]).toEqual({
    code: 'rules-refused',
    kind: 'unknown-word',
    rule: 'pack/wbc-low',
    file: 'pack/blood.yaml',
    line: 11,
    column: 34,
    path: 'pack/blood.yaml:11:34',
    found: 'lessThenInclusive',
    expected: expect.stringContaining('lessThan, lessThanInclusive, greaterThan') as string,
    nearest: 'lessThanInclusive',
    zh: 'operator(比较方式)不能写 "lessThenInclusive"；是不是要写 "lessThanInclusive"？',
    en: 'operator cannot be "lessThenInclusive"; did you mean "lessThanInclusive"?',
    message: expect.stringMatching(/^operator\(比较方式\).*？ operator cannot/) as string,
  });
});

it('all faults of all files are told at once, and nothing is in force', async () => {
  await writeFile(join(dir, 'pack/a.yaml'), SOUND.replace('fact: wbc', 'fact: wcb'));
  await writeFile(join(dir, 'pack/b.yaml'), SOUND.replace('class: B', 'class: D').replace('id: wbc-low', 'id: other'));
  const refusal = await loadRules(dir, catalogue).catch((error: unknown) => error as AppError);
  expect(refusal).toBeInstanceOf(AppError);
  expect((refusal as AppError).code).toBe('rules-refused');
  const paths = (refusal as AppError).faults.map((fault) => fault.path);
  expect(paths).toContain('pack/a.yaml:11:19');
  expect(paths).toContain('pack/b.yaml:14:24');
});

it('a rule defined in two files is refused, naming the first', async () => {
  await writeFile(join(dir, 'pack/a.yaml'), SOUND);
  expect(await faultsOf(SOUND, 'pack/b.yaml')).toEqual([
    expect.stringMatching(/^pack\/b\.yaml:7:5: .* The id "pack\/wbc-low" is already used in pack\/a\.yaml:7\.$/),
  ]);
});

it('JSON is accepted, and its faults have lines too', async () => {
  const json = JSON.stringify(
    {
      kind: 'critical',
      title: '血常规',
      source: 's',
      owner: 'o',
      'review-by': '2027-11-26',
      rules: [
        {
          id: 'hb-low',
          title: { zh: '低', en: 'low' },
          conditions: { all: [{ fact: 'hb', operator: 'lessThan', value: 90, unit: 'g/L' }] },
          event: { type: 'notify', params: { class: 'B', advice: { zh: '复查' } } },
          examples: [
            { facts: { hb: 89 }, expect: 'fires' },
            { facts: { hb: 90 }, expect: 'silent' },
          ],
        },
      ],
    },
    null,
    '\t',
  );
  expect(await faultsOf(json, 'pack/a.json')).toEqual([]);
  expect(await faultsOf(json.replace('"hb"', '"hbb"'), 'pack/a.json')).toEqual([
    expect.stringMatching(/^pack\/a\.json:17:\d+: .* Unknown fact "hbb"; did you mean "hb"/),
  ]);
});

it('a comma in a Chinese text inside braces is part of the text', async () => {
  expect(await faultsOf(SOUND.replace('复查血常规', '建议一周内复查,必要时就诊,勿拖延'))).toEqual([]);
  const { rules } = await loadRules(dir, catalogue);
  expect(rules[0]?.event.advice?.zh).toBe('建议一周内复查,必要时就诊,勿拖延');
});

it('a folder without rules, or none at all, is refused', async () => {
  expect((await checkRules(dir, catalogue, TODAY)).faults).toMatchObject([{ kind: 'no-rules', path: '.' }]);
  expect((await checkRules(join(dir, 'nowhere'), catalogue, TODAY)).faults[0]?.kind).toBe('folder-unreadable');
});

it('the version follows the content, not comments or layout', async () => {
  await writeFile(join(dir, 'pack/blood.yaml'), SOUND);
  const { version } = await checkRules(dir, catalogue, TODAY);
  await writeFile(join(dir, 'pack/blood.yaml'), `# a comment\n${SOUND.replace('{ zh: 血常规, en: Blood count }', '{ en: Blood count,   zh: 血常规 }')}`);
  expect((await checkRules(dir, catalogue, TODAY)).version).toBe(version);
  await writeFile(join(dir, 'pack/blood.yaml'), SOUND.replace('复查血常规', '复查血常规!'));
  expect((await checkRules(dir, catalogue, TODAY)).version).not.toBe(version);
});

it('a lexicon defined in two files is refused, naming the first', async () => {
  await writeFile(join(dir, 'pack/a.yaml'), BROKEN.lexicon.sound);
  expect((await check(BROKEN.lexicon.sound, 'pack/b.yaml')).faults).toMatchObject([
    { kind: 'doubled-lexicon', path: 'pack/b.yaml:2:5', found: 'words', zh: expect.stringContaining('pack/a.yaml') as string },
  ]);
});

describe('warnings refuse nothing', () => {
  it.each([
    ['the day after', '2026-11-25', ['review-overdue']],
    ['on the day itself', '2026-11-26', []],
  ])('a review is overdue %s', async (_when, day, kinds) => {
    const { faults, warnings, version } = await check(SOUND.replace('2027-11-26', day));
    expect([faults, warnings.map(({ kind }) => kind)]).toEqual([[], kinds]);
    expect(version).not.toBeNull();
    expect(warnings.map(({ path, found }) => [path, found])).toEqual(kinds.map(() => ['pack/blood.yaml:5:12', day]));
  });

  it('a rule may have an owner and a day of its own', async () => {
    const { warnings } = await check(SOUND.replace('- id', '- owner: 血液科\n    review-by: 2026-01-01\n    id'));
    expect(warnings).toMatchObject([{ kind: 'review-overdue', line: 8, zh: expect.stringContaining('请 血液科 再看') as string }]);
    const { rules } = await loadRules(dir, catalogue);
    expect(rules[0]).toMatchObject({ owner: '血液科', reviewBy: '2026-01-01', status: null });
  });

  it('limits that wait for a doctor are told with their standing', async () => {
    const pending = SOUND.replace('- id', '- status: recalled\n    review: pending\n    id');
    expect(await check(pending)).toMatchObject({
      faults: [],
      warnings: [{ kind: 'review-pending', line: 7, en: expect.stringContaining('recalled') as string }],
    });
    expect((await loadRules(dir, catalogue)).rules[0]).toMatchObject({ status: 'recalled', review: 'pending' });
  });

  it('a pending file makes all its rules pending', async () => {
    const { faults, warnings } = await check(SOUND.replace('rules:', 'review: pending\nrules:').replace('- id', '- status: proposal\n    id'));
    expect([faults, warnings.map(({ kind }) => kind)]).toEqual([[], ['review-pending']]);
  });
});
