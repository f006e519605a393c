import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type FileFault } from '../src/kernel/index.js';
import { callOf } from '../src/policy/domain/call-of.js';
import { POLICY_PATH, readPolicy } from '../src/policy/domain/read-policy.js';
import { type SourceFile } from '../src/rules/domain/files/parse-file.js';
import { RULE_KEYS, FILE_KEYS } from '../src/rules/domain/files/read-rule-file.js';
import { EXAMPLE_KEYS } from '../src/rules/domain/files/read-example.js';
import { LEXICON_KEYS } from '../src/rules/domain/files/read-lexicon.js';
import { FORMULA_KEYS } from '../src/rules/domain/files/read-formula-file.js';
import { FUNCTIONS } from '../src/rules/domain/formula/expression.js';
import { readRules } from '../src/rules/domain/files/read-rules.js';
import { TIME_UNITS } from '../src/rules/domain/files/read-window.js';
import { OPERATORS } from '../src/rules/domain/files/read-threshold.js';
import { OVERS } from '../src/rules/domain/over.js';
import { CASE_KEYS } from '../src/rules/domain/cases/read-cases.js';
import { otherAnswers } from '../src/rules/domain/cases/policy-case.js';
import { CALL_ANSWER_KEYS, POLICY_CASE_KEYS } from '../src/rules/domain/cases/read-policy-cases.js';
import { EXPECTED_KEYS } from '../src/rules/domain/cases/read-expected.js';
import { EVENT_TYPES, PERSON_FACTS, POPULATIONS, STATUSES } from '../src/rules/domain/rule.js';
import { catalogueOf } from '../src/rules/domain/vocabulary-catalogue.js';
import { readFiles } from '../src/rules/read-files.js';
import { readTests } from '../src/rules/read-tests.js';
import { loadVocabulary, readVocabularyFiles, vocabularyOf } from '../src/terminology/load-vocabulary.js';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = 'docs/rules';
const PAGES = [
  ...readdirSync(join(ROOT, FOLDER))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${FOLDER}/${name}`),
  'vocabulary/README.md',
];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const shipped = await readFiles('rules');

interface Snippet {
  page: string;
  line: number;
  text: string;
}

/** Blocks of YAML, without the indent that they share. */
const SNIPPETS = PAGES.flatMap((page): Snippet[] =>
  [...read(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map((found) => {
    const lines = found[1]!.split('\n');
    const indent = Math.min(...lines.filter((one) => one.trim()).map((one) => /^ */.exec(one)![0].length));
    const text = lines.map((one) => one.slice(indent)).join('\n');
    return { page, line: read(page).slice(0, found.index).split('\n').length + 1, text };
  }),
);

const LEXICONS = shipped.filter(({ path }) => path.startsWith('lexicon/'));
const HEAD =
  'kind: critical\ntitle: t\nsource: s\nowner: o\nreview-by: 2999-12-31\npopulation: any\nrules:\n';
const RULE_OF = (conditions: string): string => `${HEAD}  - id: one
    title: { zh: 甲, en: a }
    conditions:
      all:
${indented(conditions, 8)}
    event: { type: notify, params: { class: B, advice: { zh: 复查 } } }
    examples: [{ facts: {}, expect: unknown }]
`;

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** What is found wrong with a snippet that is a file, a rule or a list of conditions. */
async function faultsOf({ text }: Snippet): Promise<readonly FileFault[]> {
  const { kind, topic } = ((parse(text) as unknown) ?? {}) as { kind?: string; topic?: unknown };
  if (topic) {
    vocabularyOf([...readVocabularyFiles('vocabulary'), { path: 'own.yaml', text }]);
    return [];
  }
  const alone = (path: string, content: string): Promise<readonly FileFault[]> =>
    readRules([...LEXICONS, { path, text: content }], catalogue).then(({ faults }) => faults);
  const beside = async (file: SourceFile): Promise<readonly FileFault[]> =>
    (await readTests([...shipped, file], catalogue, 'Asia/Shanghai')).faults;
  if (kind === 'notification-policy') {
    readPolicy({ path: POLICY_PATH, text });
    return [];
  }
  if (kind === 'policy-case') return beside({ path: 'notification/cases/own.yaml', text });
  if (kind === 'case') return beside({ path: 'important-results/cases/own.yaml', text });
  if (kind === 'stratification') return beside({ path: 'stratification/own.yaml', text });
  if (kind === 'overlay') return beside({ path: 'overlay/changes.yaml', text });
  if (kind === 'formula') return beside({ path: 'formulas/own.yaml', text });
  if (kind === 'lexicon') return beside({ path: 'lexicon/own.yaml', text });
  if (kind !== undefined) return alone('pack/own.yaml', text);
  if (text.startsWith('- id:')) return alone('pack/own.yaml', HEAD + indented(text, 2));
  const faults = await alone('pack/own.yaml', RULE_OF(text));
  // Conditions alone have no examples.
  return faults.filter((fault) => fault.kind !== 'untested-side');
}

const isComment = ({ text }: Snippet): boolean => text.split('\n').every((line) => /^\s*(#|$)/.test(line));

describe('what the pages of rule files show', () => {
  it.each(SNIPPETS.filter((one) => !isComment(one)).map((one) => [`${one.page}:${one.line}`, one] as const))(
    '%s is read without a fault',
    async (_place, snippet) => {
      expect((await faultsOf(snippet)).map(({ path, message }) => `${path} ${message}`)).toEqual([]);
    },
  );

  it('a snippet with a mistake in it would be told', async () => {
    const whole = SNIPPETS.find(({ text }) => text.includes('fact: wbc'))!;
    const wrong = { ...whole, text: whole.text.replace('fact: wbc', 'fact: wcb') };
    expect((await faultsOf(wrong)).map(({ kind }) => kind)).toContain('unknown-fact');
    expect(SNIPPETS.length).toBeGreaterThan(10);
  });

  it.each(SNIPPETS.filter(isComment).map((one) => [`${one.page}:${one.line}`, one] as const))(
    '%s names the schema that there is',
    (_place, { text }) => {
      const schema = /\$schema=\.\.\/(\S+)/.exec(text)?.[1];
      expect(existsSync(join(ROOT, 'rules', schema ?? '-'))).toBe(true);
    },
  );

  it.each<[string, string, readonly string[]]>([
    ['every operator', 'format.md', OPERATORS],
    ['every way of looking back', 'format.md', OVERS],
    ['every unit of time', 'format.md', Object.keys(TIME_UNITS)],
    ['every key of a file of rules', 'format.md', FILE_KEYS],
    ['every key of a rule', 'format.md', RULE_KEYS],
    ['every key of an example', 'format.md', EXAMPLE_KEYS],
    ['every fact of the person', 'format.md', PERSON_FACTS],
    ['every event', 'format.md', EVENT_TYPES],
    ['every population', 'format.md', POPULATIONS],
    ['every standing of a limit', 'format.md', STATUSES],
    ['every key of a formula', 'formulas.md', FORMULA_KEYS],
    ['every function of formulas', 'formulas.md', FUNCTIONS],
    ['every key of a lexicon', 'lexicons.md', LEXICON_KEYS.filter((key) => key !== 'kind')],
  ])('%s stands in %s', (_what, page, words) => {
    const text = read(join(FOLDER, page));
    expect(words.filter((word) => !text.includes(`\`${word}\``))).toEqual([]);
  });

  it('what a case of the policy may have stands in its page, and the shipped policy does what the page shows', async () => {
    const text = read(join(FOLDER, 'policy.md'));
    const keys = [...POLICY_CASE_KEYS, ...CALL_ANSWER_KEYS].filter((key) => key !== 'note');
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
    const shown = SNIPPETS.find((one) => one.text.startsWith('kind: policy-case'))!;
    const files = [...shipped, { path: 'notification/cases/own.yaml', text: shown.text }];
    const { policySuites } = await readTests(files, catalogue, 'Asia/Shanghai');
    const cases = policySuites
      .flatMap((suite) => suite.cases)
      .filter(({ path }) => path.includes('own.yaml'));
    const policy = readPolicy(shipped.find(({ path }) => path === POLICY_PATH)!);
    expect(cases.length).toBeGreaterThan(1);
    for (const { expect: expected, ...given } of cases)
      expect(otherAnswers(expected, callOf(policy, given, 'Asia/Shanghai'), 'Asia/Shanghai')).toEqual([]);
  });

  it('what a case may have stands in the page of cases', () => {
    const text = read(join(FOLDER, 'testing.md'));
    const keys = [...CASE_KEYS, ...EXPECTED_KEYS].filter((key) => key !== 'note');
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
  });
});
