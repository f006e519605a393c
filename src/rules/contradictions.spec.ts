import { loadVocabulary } from '../terminology/index.js';
import { readRules } from './domain/files/read-rules.js';
import { MEETING_MESSAGES } from './domain/messages/meeting-messages.js';
import { catalogueOf } from './domain/vocabulary-catalogue.js';

const catalogue = catalogueOf(loadVocabulary('vocabulary'));
const HEAD = 'kind: critical, title: t, source: s, owner: o, review-by: 2027-01-01';
const LEXICON = `{ kind: lexicon, id: words, title: { zh: 词, en: words }, source: s, owner: o, review-by: 2027-01-01,
  malignant: [{ phrase: 癌, examples: { unclear: [肝癌] } }] }`;

interface Written {
  /** Conditions as in a file, the outer `all` left out. */
  when: string;
  class?: string;
  type?: string;
  population?: string;
  pack?: string;
}

/** A rule a file and line: `pack/1.yaml`, `pack/2.yaml`, … */
function fileOf({ when, class: ruleClass = 'B', type = 'notify', population = 'adult' }: Written, at: number): string {
  const params = type === 'count' ? 'reason: no-limit' : `class: ${ruleClass}, advice: { zh: 复查 }`;
  return `{ ${HEAD}, population: ${population}, rules: [{ id: r${at + 1}, title: { zh: 甲, en: a },
    conditions: { all: [${when}] }, event: { type: ${type}, params: { ${params} } } }] }`;
}

/** What is said of these rules together, or of one by itself. */
async function saidOf(...rules: Written[]): Promise<{ kind: string; path: string; en: string }[]> {
  const files = rules.map((rule, at) => ({ path: `${rule.pack ?? 'pack'}/${at + 1}.yaml`, text: fileOf(rule, at) }));
  const { faults, warnings } = await readRules([...files, { path: 'lexicon/words.yaml', text: LEXICON }], catalogue);
  expect(faults.filter(({ kind }) => !(kind in MEETING_MESSAGES) && kind !== 'no-examples')).toEqual([]);
  return [...faults, ...warnings].filter(({ kind }) => kind !== 'no-examples');
}

const wbc = (operator: string, value: string, unit = '10*9/L') => `{ fact: wbc, operator: ${operator}, value: ${value}, unit: ${unit} }`;
const age = (operator: string, value: number) => `{ fact: age, operator: ${operator}, value: ${value}, unit: a }`;
const sex = (word: string) => `{ fact: sex, operator: equal, value: ${word} }`;
const wbcOver = (operator: string, value: string, params: string) =>
  `{ fact: wbc, operator: ${operator}, value: ${value}, unit: 10*9/L, params: { ${params} } }`;
const ckd = (known: boolean) => `{ fact: history.ckd, operator: equal, value: ${known} }`;
const protein = (grade: string) => `{ fact: urine-protein, operator: greaterThanInclusive, value: ${grade} }`;
const cea = (times: number) => `{ fact: cea, operator: aboveOwnLimit, value: ${times} }`;
const IMAGING = '{ fact: imaging-conclusion, operator: cannotExclude, value: words }';
const MARKER = '{ fact: tumour-marker, operator: aboveOwnLimit, value: 1 }';
const LOW = wbc('lessThanInclusive', '3.0');
const LOWER = wbc('lessThanInclusive', '2.0');

describe('a rule contradicts itself', () => {
  it.each<[string, string, string, string]>([
    ['below 3 and above 5', `${wbc('lessThan', '3')}, ${wbc('greaterThan', '5')}`, 'never-together', '"wbc greaterThan 5 10*9/L" never holds together with "wbc lessThan 3 10*9/L" in line 2'],
    ['below a limit and at it', `${wbc('lessThan', '3')}, ${wbc('greaterThanInclusive', '3.0')}`, 'never-together', 'wbc lessThan 3'],
    ['in two units', `${wbc('lessThan', '3')}, ${wbc('greaterThan', '5000', '/uL')}`, 'never-together', 'wbc greaterThan 5000 /uL'],
    ['an adult below 18', `${LOW}, ${age('lessThan', 18)}`, 'never-holds', 'possible values: age ≥ 18 a'],
    ['man and woman', `${LOW}, ${sex('male')}, ${sex('female')}`, 'never-together', 'sex equal female'],
    ['above the highest grade', '{ fact: urine-protein, operator: greaterThan, value: ++++ }', 'never-holds', 'possible values: urine-protein - / ± / + / ++ / +++ / ++++'],
    ['none of all categories', '{ fact: cytology, operator: notIn, value: [NILM, ASC-US, LSIL, ASC-H, HSIL, AGC, AIS, cancer, unsatisfactory] }', 'never-holds', 'possible values: cytology NILM'],
    ['beyond what is possible', wbc('greaterThan', '1000'), 'never-holds', 'possible values: wbc ≥ 0, ≤ 1000 10*9/L'],
    ['a branch that is dead', `{ any: [${LOW}, { all: [${wbc('lessThan', '5')}, ${wbc('greaterThan', '6')}] }] }`, 'never-together', 'wbc lessThan 5'],
    ['three of which two would do', `{ any: [${wbc('equal', '3')}, ${wbc('equal', '5')}] }, ${wbc('greaterThan', '3')}, ${wbc('lessThan', '5')}`, 'never-all-together', 'any [wbc equal 3 10*9/L, wbc equal 5 10*9/L], wbc greaterThan 3'],
    ['what always holds', `${wbc('greaterThanInclusive', '0')}, ${LOW}`, 'always-holds', 'possible values: wbc ≥ 0, ≤ 1000 10*9/L'],
    ['from the lowest grade', protein("'-'"), 'always-holds', 'urine-protein greaterThanInclusive -'],
    ['any instead of all', `{ any: [${wbc('greaterThan', '3')}, ${wbc('lessThan', '10')}] }`, 'always-one-of-them', 'any [wbc greaterThan 3 10*9/L, wbc lessThan 10 10*9/L]'],
    ['under a not', `${LOW}, { not: { all: [${wbc('lessThan', '2')}, ${wbc('greaterThan', '2')}] } }`, 'never-together', 'wbc greaterThan 2'],
    ['known and not known', `${LOW}, ${ckd(true)}, ${ckd(false)}`, 'never-together', 'history.ckd equal false'],
    ['wherever one is', `${LOW}, { fact: care-setting, operator: in, value: [inpatient, outpatient, checkup, emergency, home] }`, 'always-holds', 'care-setting inpatient / outpatient'],
    ['men or women', `${LOW}, { fact: sex, operator: in, value: [male, female] }`, 'always-holds', 'sex male / female'],
  ])('%s', async (_case, when, kind, words) => {
    const said = await saidOf({ when });
    expect(said).toMatchObject([{ kind, en: expect.stringContaining(words) as string }]);
    expect(said[0]?.path).toMatch(/^pack\/1\.yaml:2:\d+$/);
  });

  it.each<[string, string]>([
    ['between two limits', `${wbc('greaterThan', '3')}, ${wbc('lessThan', '3.1')}`],
    ['exactly one value', `${wbc('greaterThanInclusive', '3')}, ${wbc('lessThanInclusive', '3.0')}`],
    ['an adult, said again', `${LOW}, ${age('greaterThanInclusive', 18)}`],
    ['two analytes in opposite directions', `${LOW}, { fact: plt, operator: greaterThan, value: 400, unit: 10*9/L }`],
    ['one of two directions', `{ any: [${LOW}, ${wbc('greaterThan', '30')}] }`],
    ['a value and its own limit', `${cea(2)}, { fact: cea, operator: lessThan, value: 100, unit: ng/mL }`],
    ['low now and high before', `${LOW}, ${wbcOver('greaterThan', '5', 'over: previous')}`],
    ['inpatients', `${LOW}, { fact: care-setting, operator: equal, value: inpatient }`],
    ['two words of a text', `${IMAGING}, { not: ${LOW} }`],
  ])('%s is sound', async (_case, when) => {
    expect(await saidOf({ when })).toEqual([]);
  });
});

describe('two rules contradict each other', () => {
  it.each<[string, Written, Written, string, string]>([
    ['the graver class has the laxer limit', { when: LOW, class: 'A' }, { when: LOWER }, 'graver-is-laxer', 'wbc ≤ 2.0 10*9/L'],
    ['the other way round in the file', { when: LOWER }, { when: LOW, class: 'A' }, 'graver-is-laxer', 'wbc ≤ 2.0 10*9/L'],
    ['… by the direction of one limit', { when: wbc('greaterThan', '30'), class: 'A' }, { when: wbc('greaterThanInclusive', '50') }, 'graver-is-laxer', 'wbc ≥ 50 10*9/L'],
    ['… for everybody, and for adults', { when: LOW, class: 'A', population: 'any' }, { when: LOWER }, 'graver-is-laxer', 'wbc ≤ 2.0'],
    ['… with a further condition', { when: LOW, class: 'A' }, { when: `${LOWER}, ${sex('male')}` }, 'graver-is-laxer', 'wbc ≤ 2.0 10*9/L; sex male'],
    ['… as one of several', { when: `{ any: [${LOW}, ${protein('+')}] }`, class: 'B' }, { when: LOWER, class: 'C' }, 'graver-is-laxer', 'wbc ≤ 2.0'],
    ['… in grades', { when: protein('+'), class: 'A' }, { when: protein('++') }, 'graver-is-laxer', 'urine-protein ++ / +++ / ++++'],
    ['… in multiples of the own limit', { when: cea(1), class: 'A' }, { when: cea(2) }, 'graver-is-laxer', 'cea > 2 × ULN'],
    ['… as a review', { when: LOW, class: 'A' }, { when: LOWER, type: 'review' }, 'graver-is-laxer', 'wbc ≤ 2.0'],
    ['the same, of another class', { when: LOW }, { when: LOW, class: 'C' }, 'same-conditions', '"pack/r2" (notify C) and "pack/r1" (notify B, pack/1.yaml:1)'],
    ['the same in another unit', { when: LOW, class: 'A' }, { when: wbc('lessThanInclusive', '3000', '/uL') }, 'same-conditions', 'wbc ≤ 3.0 10*9/L'],
    ['the same, a review', { when: LOW }, { when: LOW, type: 'review' }, 'same-conditions', 'review B'],
    ['the same text', { when: IMAGING }, { when: IMAGING, class: 'A' }, 'same-conditions', 'imaging-conclusion cannotExclude'],
    ['the same over time', { when: wbcOver('lessThan', '3', 'over: confirmed, within: 90 d') }, { when: wbcOver('lessThan', '3', 'over: confirmed, within: 90 d'), class: 'A' }, 'same-conditions', 'wbc confirmed lessThan 3'],
    ['the same group', { when: MARKER }, { when: MARKER, class: 'A' }, 'same-conditions', 'tumour-marker aboveOwnLimit 1'],
    ['counted and called', { when: LOW }, { when: wbc('lessThan', '10'), type: 'count' }, 'called-and-counted', '"pack/r2" only counts what "pack/r1" (pack/1.yaml:1) calls for: wbc ≤ 3.0 10*9/L'],
    ['counted and called at one value', { when: LOW }, { when: `${wbc('greaterThanInclusive', '3')}, ${wbc('lessThan', '10')}`, type: 'count' }, 'called-and-counted', 'wbc = 3.0 10*9/L'],
    ['a copy', { when: LOW }, { when: LOW }, 'repeated-rule', '"pack/r2" says the same as "pack/r1"'],
  ])('%s', async (_case, first, later, kind, words) => {
    expect(await saidOf(first, later)).toMatchObject([{ kind, en: expect.stringContaining(words) as string }]);
  });

  it('is told where the laxer class stands, with the place of the graver one', async () => {
    expect(await saidOf({ when: LOWER }, { when: LOW, class: 'A' })).toMatchObject([
      { path: expect.stringMatching(/^pack\/1\.yaml:1:/) as string, en: expect.stringContaining('"pack/r2" (class A, pack/2.yaml:1)') as string },
    ]);
  });

  it.each<[string, Written, Written]>([
    ['the graver class is the more extreme', { when: LOWER, class: 'A' }, { when: LOW }],
    ['they look in opposite directions', { when: LOW, class: 'A' }, { when: wbc('greaterThan', '30') }],
    ['one is for adults, one for children', { when: LOW, class: 'A' }, { when: LOWER, population: 'child' }],
    ['the laxer class is for children too', { when: LOW, class: 'A' }, { when: LOWER, population: 'any' }],
    ['the graver limit is for the old', { when: `${LOW}, ${age('greaterThan', 60)}`, class: 'A' }, { when: LOWER }],
    ['the graver needs what may be missing', { when: `${LOW}, { fact: plt, operator: notEqual, value: 0, unit: 10*9/L }`, class: 'A' }, { when: `${LOWER}, { not: { fact: plt, operator: equal, value: 0, unit: 10*9/L } }`, class: 'A', type: 'review' }],
    ['the graver only asks the doctor', { when: LOW, class: 'A', type: 'review' }, { when: LOWER }],
    ['they are of two packs', { when: LOW, class: 'A' }, { when: LOWER, pack: 'other' }],
    ['they are of one class', { when: LOW }, { when: LOWER }],
    ['what is counted begins where the call ends', { when: LOW }, { when: `${wbc('greaterThan', '3')}, ${wbc('lessThan', '10')}`, type: 'count' }],
    ['another analyte is counted', { when: LOW }, { when: '{ fact: plt, operator: lessThan, value: 100, unit: 10*9/L }', type: 'count' }],
    ['men and women have limits of their own', { when: `${LOW}, ${sex('male')}`, class: 'A' }, { when: `${LOWER}, ${sex('female')}` }],
    ['they look back otherwise', { when: wbcOver('lessThan', '3', 'over: confirmed, within: 90 d'), class: 'A' }, { when: wbcOver('lessThan', '3', 'over: confirmed, within: 30 d') }],
    ['the known have limits of their own', { when: `${LOW}, ${ckd(false)}`, class: 'A' }, { when: `${LOWER}, ${ckd(true)}` }],
    ['texts with different other conditions', { when: `${IMAGING}, ${LOW}` }, { when: `${IMAGING}, ${protein('+')}`, class: 'A' }],
  ])('nothing is said where %s', async (_case, first, later) => {
    expect(await saidOf(first, later)).toEqual([]);
  });
});
