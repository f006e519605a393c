import { parseFile } from '../files/parse-file.js';
import { joinLexicons } from '../files/join-lexicons.js';
import { readLexiconFile } from '../files/read-lexicon.js';
import { FaultList } from '../files/source-node.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { readConclusion } from './read-conclusion.js';

const BASE = `kind: lexicon
id: base
title: { zh: 甲, en: a }
source: made for tests
owner: nobody
review-by: 2027-01-01
malignant: [{ phrase: 癌, examples: { unclear: [肝癌] } }]
cannotExclude: [{ phrase: 不除外, examples: { suspected: [癌不除外] } }]
excludes: [{ phrase: 未见, examples: { excluded: [未见癌] } }]
history: [{ phrase: 术后, examples: { unclear: [肝癌术后] } }]
fillers: [明显, 右]
connectors: [及]
measures: [大小, 压缩]
`;
const OWN = `kind: lexicon
id: own
grammar: base
title: { zh: 气胸, en: pneumothorax }
source: made for tests
owner: nobody
review-by: 2027-01-01
positive: [{ phrase: 张力性气胸, examples: { suspected: [张力性气胸], excluded: [未见张力性气胸] } }]
possible: [{ phrase: 气胸, examples: { unclear: [右侧气胸] } }]
measured:
  - { phrase: 囊肿, operator: greaterThanInclusive, value: 10, unit: cm, unmeasured: nothing, examples: { suspected: [囊肿10cm], nothing: [囊肿9.9cm] } }
  - { phrase: 压缩, operator: greaterThanInclusive, value: 50, unit: '%', examples: { suspected: [压缩50%] } }
grades: { from: 4, are: findings, examples: { suspected: [BI-RADS 4A类] } }
`;

function read(...texts: string[]): { lexicons: Map<string, Lexicon>; faults: string[] } {
  const lists: FaultList[] = [];
  const files = texts.flatMap((text, index) => {
    const faults = new FaultList(`${index}.yaml`);
    lists.push(faults);
    const node = parseFile({ path: `${index}.yaml`, text }, faults);
    return node ? [readLexiconFile(node, faults)] : [];
  });
  const { lexicons } = joinLexicons(files.filter((file) => file !== null));
  return { lexicons, faults: lists.flatMap((list) => list.faults.map(({ path, message }) => `${path}: ${message}`)) };
}

describe('a lexicon that takes the grammar of another', () => {
  const { lexicons, faults } = read(BASE, OWN);
  it('is sound', () => expect(faults).toEqual([]));

  it.each<[string, Reading]>([
    ['肝癌', 'nothing'],
    ['癌不除外', 'nothing'],
    ['张力性气胸', 'suspected'],
    ['张力性气胸不除外', 'suspected'],
    ['未见明显张力性气胸', 'excluded'],
    ['未见气胸及张力性气胸', 'excluded'],
    ['未见某某张力性气胸', 'unclear'],
    ['张力性气胸术后', 'unclear'],
    // What may be the finding never fires by itself, whatever is said of it but that it is excluded.
    ['右侧气胸', 'unclear'],
    ['气胸不除外', 'unclear'],
    ['未见气胸', 'excluded'],
    ['囊肿，大小约12×9cm', 'suspected'],
    ['囊肿，大小约99×98mm', 'nothing'],
    ['囊肿约9-11cm', 'unclear'],
    ['大者约10.2cm囊肿', 'suspected'],
    ['囊肿', 'nothing'],
    // The measure of something else does not count.
    ['囊肿，结石约12cm', 'nothing'],
    ['未见囊肿，大小约12cm', 'excluded'],
    ['未见某某囊肿12cm', 'unclear'],
    ['右侧气胸，压缩约60%', 'suspected'],
    ['右侧气胸，压缩约10%', 'unclear'],
    ['肺受压缩', 'unclear'],
    ['BI-RADS 4A类', 'suspected'],
    ['BI-RADS 5类', 'suspected'],
    ['TI-RADS 3-4类', 'unclear'],
    ['BI-RADS 3类', 'nothing'],
    ['BI-RADS 4类术后', 'unclear'],
  ])('%s: %s', (text, reading) => {
    expect(readConclusion(text, lexicons.get('own')!)).toBe(reading);
  });
});

it.each<[string, string, string]>([
  ['grammar: base', 'grammar: bas', 'Unknown lexicon "bas"'],
  ['grammar: base', 'grammar: base\nextends: base', 'either extends another or takes its grammar'],
  ['operator: greaterThanInclusive, value: 10', 'operator: above, value: 10', 'operator cannot be "above"'],
  ['operator: greaterThanInclusive, value: 10', 'value: 10', 'no operator'],
  ['value: 10,', 'value: ten,', 'needs a number to compare with'],
  ['unit: cm', 'unit: mmol/L', 'no measure in "mmol/L"'],
  ['囊肿10cm', '囊肿9.8cm', '"囊肿9.8cm" reads nothing'],
  ['unmeasured: nothing', 'unmeasured: silent', 'unmeasured cannot be "silent"'],
  ['are: findings', 'are: finding', 'grades.are cannot be "finding"'],
])('refused: %s as %s', (found, instead, message) => {
  expect(OWN).toContain(found);
  expect(read(BASE, OWN.replace(found, instead)).faults.join('\n')).toContain(message);
});

it('grammar is taken from a lexicon of its own only, not from one that took it', () => {
  const third = OWN.replace('id: own', 'id: third').replace('grammar: base', 'grammar: own');
  expect(read(BASE, OWN, third).faults.join('\n')).toContain('Unknown lexicon "own"');
});
