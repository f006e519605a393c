import { parseFile } from '../files/parse-file.js';
import { type LexiconFile, readLexiconFile } from '../files/read-lexicon.js';
import { FaultList } from '../files/source-node.js';
import { measureLexicons } from './measure-lexicons.js';

/** A lexicon with a grammar of its own, and one that takes it; each line of `more` is one more key. */
const GRAMMAR = `kind: lexicon
id: base
title: { zh: 甲, en: a }
source: made for tests
owner: nobody
review-by: 2027-01-01
malignant: [{ phrase: 癌, examples: { unclear: [肝癌] } }]
cannotExclude: [{ phrase: 不除外, examples: { suspected: [癌不除外] } }]
excludes: [{ phrase: 未见, examples: { excluded: [未见癌] } }]
`;

function lexicon(more: string): string {
  return `kind: lexicon
id: own
grammar: base
title: { zh: 乙, en: b }
source: made for tests
owner: nobody
review-by: 2027-01-01
${more}
`;
}

function files(...texts: string[]): LexiconFile[] {
  return texts.flatMap((text, index) => {
    const faults = new FaultList(`${index}.yaml`);
    const node = parseFile({ path: `${index}.yaml`, text }, faults);
    const file = node && readLexiconFile(node, faults);
    expect(faults.faults).toEqual([]);
    return file ?? [];
  });
}

const survivors = async (more: string): Promise<string[]> =>
  (await measureLexicons(files(GRAMMAR, lexicon(more)))).survivors.map(({ what }) => what.zh);

const cyst = (examples: string): string =>
  `measured: [{ phrase: 囊肿, operator: greaterThanInclusive, value: 10, unit: cm, unmeasured: nothing, examples: ${examples} }]`;

it('every phrase of the lexicon and of its grammar, where its examples hold it', async () => {
  expect(await survivors('positive: [{ phrase: 气胸, examples: { suspected: [气胸] } }]')).toEqual([]);
  expect(await survivors('positive: [{ phrase: 气胸, examples: { suspected: [气胸] } }, { phrase: 张力性气胸, examples: { suspected: [张力性气胸] } }]')).toEqual(
    ['去掉短语 positive“张力性气胸”'],
  );
});

it('a measure: its limit, comparison, unit, what it says without one, and the phrase itself', async () => {
  const made = await survivors(cyst('{ suspected: [囊肿100cm] }'));
  expect(made).toEqual([
    '界值 10 → 9',
    '界值 10 → 11',
    '运算符 greaterThanInclusive → greaterThan',
    '运算符 greaterThanInclusive → notEqual',
    '单位 cm → mm',
    '未写大小 nothing → unclear',
    '未写大小 nothing → suspected',
  ]);
  expect(await survivors(cyst('{ suspected: [囊肿10cm, 囊肿11cm, 囊肿100mm], nothing: [囊肿9cm, 囊肿99mm, 囊肿] }'))).toEqual([]);
});

it('the class that grades count from, and that they are findings', async () => {
  const grades = (examples: string): string => `grades: { from: 4, are: findings, examples: ${examples} }`;
  expect(await survivors(grades('{ nothing: [BI-RADS 2类] }'))).toEqual([
    '起始分类 4 → 3',
    '起始分类 4 → 4A',
    '去掉 are: findings',
  ]);
  expect(await survivors(grades('{ suspected: [BI-RADS 4类], nothing: [BI-RADS 3类] }'))).toEqual([]);
});

it('a band of measures, and of classes of one system', async () => {
  const polyp = (examples: string): string =>
    `measured: [{ phrase: 息肉, below: 10, unit: mm, unmeasured: suspected, examples: ${examples} }]`;
  expect(await survivors(polyp('{ suspected: [息肉] }'))).toEqual([
    '界值 10 → 9',
    '界值 10 → 11',
    '界值 10 → ∞',
    ...['cm', '%', 'mL', 's', 'ms', '/min', 'mV'].map((unit) => `单位 mm → ${unit}`),
  ]);
  expect(await survivors(polyp('{ suspected: [息肉, 息肉9mm], nothing: [息肉10mm] }'))).toEqual([]);
  const grades = (examples: string): string =>
    `grades: { of: [BI-RADS], from: 4, to: 4A, are: findings, examples: ${examples} }`;
  expect(await survivors(grades('{ suspected: [BI-RADS 4A类] }'))).toEqual([
    '起始分类 4 → 3',
    '起始分类 4 → 4A',
    '最后分类 4A → 4B',
    '去掉 to',
    '去掉 of',
  ]);
  const held = '{ suspected: [BI-RADS 4类, BI-RADS 4A类], nothing: [BI-RADS 3类, BI-RADS 4B类, TI-RADS 4A类] }';
  expect(await survivors(grades(held))).toEqual([]);
});

it('a change to the grammar may be noticed by a lexicon that takes it', async () => {
  const unheld = GRAMMAR.replace('examples: { excluded: [未见癌] }', 'examples: { suspected: [未见癌不除外] }');
  const measured = await measureLexicons(files(unheld, lexicon('positive: [{ phrase: 气胸, examples: { suspected: [气胸] } }]')));
  expect(measured.survivors.map(({ what }) => what.zh)).toEqual(['去掉短语 excludes“未见”']);
  const held = lexicon('positive: [{ phrase: 气胸, examples: { suspected: [气胸], excluded: [未见气胸] } }]');
  expect((await measureLexicons(files(unheld, held))).survivors).toEqual([]);
});
