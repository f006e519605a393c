import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../kernel/index.js';
import { loadVocabulary } from '../terminology/index.js';
import { checkRules } from './check-rules.js';
import { loadRules } from './load-rules.js';
import { catalogueOf } from './vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rules-'));
  await mkdir(join(dir, 'pack'));
});
afterEach(() => rm(dir, { recursive: true }));

const SOUND = `kind: critical
title: { zh: 血常规, en: Blood count }
source: a guideline
rules:
  - id: wbc-low
    title: { zh: 白细胞减少, en: Low white-cell count }
    conditions:
      all:
        - { fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }
    event:
      type: notify
      params: { class: B, advice: { zh: 复查血常规 } }
    examples:
      - { facts: { wbc: 3.0 }, expect: fires }
      - { facts: { wbc: 3.1 }, expect: silent }
      - { facts: {}, expect: unknown }
`;
const LEAF = '{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L }';

async function faultsOf(text: string, path = 'pack/blood.yaml'): Promise<string[]> {
  await writeFile(join(dir, path), text);
  const { faults } = await checkRules(dir, catalogue);
  return faults.map((fault) => `${fault.path}: ${fault.message}`);
}

it('a sound file is in force', async () => {
  expect(await faultsOf(SOUND)).toEqual([]);
  const rules = await loadRules(dir, catalogue);
  expect(rules.rules.map((rule) => rule.id)).toEqual(['pack/wbc-low']);
});

/** What the doctor mistyped: text in the sound file, what stands there instead, line:column and words of the message. */
const BROKEN: [string, string, string, string, string][] = [
  ['a fact that is not known', 'fact: wbc,', 'fact: wcb,', '9:19', 'unknown fact "wcb"; did you mean "wbc"?'],
  ['an unknown fact in an example', '{ wbc: 3.1 }', '{ wbcc: 3.1 }', '15:20', 'unknown fact "wbcc"; did you mean "wbc"?'],
  ['an operator that is not known', 'lessThanInclusive', 'lessThenInclusive', '9:34', 'did you mean "lessThanInclusive"?'],
  ['an operator that does not fit', 'lessThanInclusive', 'cannotExclude', '9:11', 'does not fit "wbc", which is a number'],
  ['a unit that cannot be converted', 'unit: 10*9/L', 'unit: mmol/L', '9:71', 'unit "mmol/L" of "wbc" cannot be converted'],
  ['a unit that is none', 'unit: 10*9/L', 'unit: 10*9/X', '9:71', 'cannot be converted'],
  ['no unit', ', unit: 10*9/L', '', '9:11', 'the limit of "wbc" needs a unit, e.g. unit: 10*9/L'],
  ['a limit that is a text', 'value: 3.0', "value: '3.0'", '9:60', 'must be a number, found "3.0"'],
  ['no limit', 'value: 3.0, ', '', '9:11', 'needs a value'],
  ['no operator', 'operator: lessThanInclusive, ', '', '9:11', 'a condition needs an operator'],
  ['the wrong way round', 'lessThanInclusive', 'greaterThanInclusive', '15:9', 'is fires, expected silent'],
  ['a limit ten times too high', 'value: 3.0', 'value: 30', '15:9', 'example of "pack/wbc-low" is fires, expected silent'],
  ['exclusive instead of inclusive', 'lessThanInclusive', 'lessThan', '14:9', 'is silent, expected fires'],
  ['no example on the silent side', '      - { facts: { wbc: 3.1 }, expect: silent }\n', '', '9:11', 'no example on the side that misses'],
  ['no example on the firing side', '      - { facts: { wbc: 3.0 }, expect: fires }\n', '', '9:11', 'no example on the side that meets'],
  ['no examples at all', SOUND.slice(SOUND.indexOf('    examples:')), '', '5:5', 'examples are missing'],
  ['an example that expects nothing known', 'expect: silent', 'expect: quiet', '15:40', '"quiet" is unknown; expected fires, silent, unknown, review'],
  ['an example with an unreadable value', 'wbc: 3.1', 'wbc: low', '15:25', '"low" is no value of "wbc"'],
  ['no source', 'source: a guideline\n', '', '1:1', 'source (the guideline or list that the limits come from) is missing'],
  ['no title', '    title: { zh: 白细胞减少, en: Low white-cell count }\n', '', '5:5', 'title is missing'],
  ['no English title', ', en: Low white-cell count', '', '6:12', 'title.en is missing'],
  ['no advice', ', advice: { zh: 复查血常规 }', '', '12:15', 'advice is missing'],
  ['a class that is none', 'class: B', 'class: D', '12:24', 'class "D" is unknown; expected A, B, C'],
  ['an event that is none', 'type: notify', 'type: notifiy', '11:13', 'did you mean "notify"?'],
  ['a kind that is not judged', 'kind: critical', 'kind: screening', '1:7', 'kind "screening" is unknown; expected critical'],
  ['a misspelt key', 'conditions:', 'condition:', '7:5', 'unknown key "condition" in a rule; did you mean "conditions"?'],
  ['a doubled key', 'source: a guideline', 'source: a guideline\nsource: another', '4:1', 'the same key stands twice'],
  ['a doubled id', 'rules:\n', `rules:\n${SOUND.slice(SOUND.indexOf('  - id'))}`, '17:5', 'rule "pack/wbc-low" is defined twice; first in pack/blood.yaml:5'],
  ['an id with capitals', 'id: wbc-low', 'id: WBC_low', '5:9', 'id "WBC_low" must be small letters'],
  ['an empty group', `\n        - ${LEAF}`, ' []', '8:12', '"all" needs at least one condition'],
  ['two groupings at once', 'all:', 'any: []\n      all:', '8:7', 'exactly one of all, any, not'],
  ['a population that is none', 'rules:', 'population: adlut\nrules:', '4:13', 'did you mean "adult"?'],
  ['an unknown lexicon', LEAF, '{ fact: imaging-conclusion, operator: cannotExclude, value: cancer }', '9:71', 'unknown lexicon "cancer"'],
  ['a category that is none', LEAF, '{ fact: cytology, operator: in, value: [HSIL, ASCH] }', '9:57', '"ASCH" is not one of its values; did you mean "ASC-H"?'],
  ['a grade that is none', LEAF, '{ fact: urine-protein, operator: greaterThan, value: 阳性 }', '9:64', 'a grade must be one of'],
  ['a limit for a whole group', LEAF, '{ fact: tumour-marker, operator: greaterThan, value: 5, unit: ng/mL }', '9:11', 'limits differ within the group'],
  ['an age in months', LEAF, '{ fact: age, operator: lessThan, value: 2, unit: mo }', '9:60', 'an age is in completed years or days; write unit: a, or unit: d'],
  ['only facts of the person', LEAF, '{ fact: age, operator: greaterThan, value: 60, unit: a }', '5:5', 'looks at no result'],
  ['a limit that rounding would blur', LEAF, '{ fact: glucose-fasting, operator: greaterThan, value: 126, unit: mg/dL }', '9:77', 'would be rounded'],
  ['an anchor', 'source: a guideline', 'source: &s a guideline\nnote: *s', '4:7', 'anchors and aliases'],
  ['a tab', '    event:', '\tevent:', '10:1', 'not readable as YAML'],
  ['a bracket left open', 'expect: unknown }', 'expect: unknown', '17:1', 'not readable as YAML'],
  ['two documents', 'kind: critical', '---\nkind: critical\n---\nkind: critical', '3:1', 'one document a file'],
  ['bytes that are not UTF-8', '血常规', '\uFFFD', '1:1', 'not UTF-8'],
];

it.each(BROKEN)('%s is refused, with line and column', async (_case, found, instead, place, words) => {
  expect(SOUND).toContain(found);
  const faults = await faultsOf(SOUND.replace(found, () => instead));
  expect(faults.filter((fault) => fault.startsWith(`pack/blood.yaml:${place}: `)).join('\n')).toContain(words);
});

it('all faults of all files are told at once, and nothing is in force', async () => {
  await writeFile(join(dir, 'pack/a.yaml'), SOUND.replace('fact: wbc', 'fact: wcb'));
  await writeFile(join(dir, 'pack/b.yaml'), SOUND.replace('class: B', 'class: D').replace('id: wbc-low', 'id: other'));
  const refusal = await loadRules(dir, catalogue).catch((error: unknown) => error as AppError);
  expect(refusal).toBeInstanceOf(AppError);
  expect((refusal as AppError).code).toBe('rules-refused');
  const paths = (refusal as AppError).faults.map((fault) => fault.path);
  expect(paths).toContain('pack/a.yaml:9:19');
  expect(paths).toContain('pack/b.yaml:12:24');
});

it('a rule defined in two files is refused, naming the first', async () => {
  await writeFile(join(dir, 'pack/a.yaml'), SOUND);
  expect(await faultsOf(SOUND, 'pack/b.yaml')).toEqual([
    'pack/b.yaml:5:5: rule "pack/wbc-low" is defined twice; first in pack/a.yaml:5',
  ]);
});

it('JSON is accepted, and its faults have lines too', async () => {
  const json = JSON.stringify(
    {
      kind: 'critical',
      title: '血常规',
      source: 's',
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
    expect.stringMatching(/^pack\/a\.json:15:\d+: unknown fact "hbb"; did you mean "hb"/),
  ]);
});

it('a comma in a Chinese text inside braces is part of the text', async () => {
  expect(await faultsOf(SOUND.replace('复查血常规', '建议一周内复查,必要时就诊,勿拖延'))).toEqual([]);
  const { rules } = await loadRules(dir, catalogue);
  expect(rules[0]?.event.advice?.zh).toBe('建议一周内复查,必要时就诊,勿拖延');
});

it('a folder without rules, or none at all, is refused', async () => {
  expect((await checkRules(dir, catalogue)).faults).toHaveLength(1);
  expect((await checkRules(join(dir, 'nowhere'), catalogue)).faults[0]?.message).toContain('cannot be read');
});

it('the version follows the content, not comments or layout', async () => {
  await writeFile(join(dir, 'pack/blood.yaml'), SOUND);
  const { version } = await checkRules(dir, catalogue);
  await writeFile(join(dir, 'pack/blood.yaml'), `# a comment\n${SOUND.replace('{ zh: 血常规, en: Blood count }', '{ en: Blood count,   zh: 血常规 }')}`);
  expect((await checkRules(dir, catalogue)).version).toBe(version);
  await writeFile(join(dir, 'pack/blood.yaml'), SOUND.replace('复查血常规', '复查血常规!'));
  expect((await checkRules(dir, catalogue)).version).not.toBe(version);
});

const LEXICON = `kind: lexicon
id: words
title: { zh: 词, en: words }
source: a list
malignant:
  - phrase: 癌
    examples:
      unclear: [肝癌]
excludes:
  - phrase: 未见
    examples:
      excluded: [未见癌]
`;

it.each([
  ['a phrase without examples', '    examples:\n      unclear: [肝癌]\n', '', '6:5', 'occurs in none of its own examples'],
  ['a phrase that its example does not hold', '[肝癌]', '[肝囊肿]', '6:5', 'occurs in none of its own examples'],
  ['an example read otherwise', 'unclear: [肝癌]', 'suspected: [肝癌]', '8:19', '"肝癌" reads unclear, expected suspected'],
  ['a bracket left open in a phrase', 'phrase: 未见', 'phrase: (未见', '10:13', 'its brackets do not match'],
  ['a list that is none', 'excludes:', 'exclude:', '9:1', 'did you mean "excludes"?'],
  ['an unknown base', 'id: words', 'id: words\nextends: other', '3:10', 'unknown lexicon "other"'],
])('lexicon: %s is refused', async (_case, found, instead, place, words) => {
  await writeFile(join(dir, 'pack/blood.yaml'), SOUND);
  const faults = await faultsOf(LEXICON.replace(found, () => instead), 'pack/words.yaml');
  expect(faults.filter((fault) => fault.startsWith(`pack/words.yaml:${place}: `)).join('\n')).toContain(words);
});
