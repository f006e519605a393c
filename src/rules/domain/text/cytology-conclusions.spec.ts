import { readFiles } from '../../read-files.js';
import { readLexicons } from '../files/read-rules.js';
import { type Lexicon, type Reading } from './lexicon.js';
import { readConclusion } from './read-conclusion.js';

/** Cervical cytology (TCT). */
const CYTOLOGY: Record<Reading, readonly string[]> = {
  suspected: [
    '高级别鳞状上皮内病变',
    '高级别鳞状上皮内病变(HSIL)',
    'HSIL',
    '鳞状上皮高度病变，HSIL',
    '非典型鳞状细胞，不除外高级别鳞状上皮内病变(ASC-H)',
    '非典型鳞状细胞不除外高级别鳞状上皮内病变',
    '低级别鳞状上皮内病变，不除外高级别病变',
    'ASC-H',
    'ASCH',
    '非典型腺细胞',
    '不典型宫颈管腺细胞，无其他特指(AGC-NOS)',
    'AGC',
    '原位腺癌',
    'AIS',
    '鳞状细胞癌',
    '查见癌细胞',
    '见恶性肿瘤细胞',
    '可疑癌细胞',
    '未见上皮内病变，但查见癌细胞',
    '未见滴虫，HSIL',
    '高級別鱗狀上皮內病變',
    'Atypical squamous cells, cannot exclude HSIL',
    'High-grade squamous intraepithelial lesion',
    'Squamous cell carcinoma',
  ],
  unclear: [    '未见病毒颗粒HSIL',
'CIN2', 'CINⅢ', '宫颈癌术后'],
  excluded: [    '未见LSIL及HSIL',
    '未见上皮内瘤变或恶性病变',

    '未见LSIL及HSIL',
    '未见上皮内瘤变或恶性病变',
    '未见上皮内病变或恶性细胞(NILM)',
    '未见上皮内病变或恶性细胞',
    '未见上皮内病变及恶性病变',
    '未见癌细胞',
    '未见恶性细胞',
    '未见HSIL',
    '未查见癌细胞，轻度炎症',
    'Negative for intraepithelial lesion or malignancy',
  ],
  nothing: [    '高度炎症反应',

    'NILM',
    '良性反应性改变',
    '意义不明的非典型鳞状细胞(ASC-US)',
    '意义不明确的非典型鳞状上皮细胞',
    'ASC-US',
    '低级别鳞状上皮内病变(LSIL)',
    '低级别鳞状上皮内病变',
    'LSIL',
    '轻度炎症',
    '标本不满意',
    'Atypical squamous cells of undetermined significance',
    'Low-grade squamous intraepithelial lesion',
  ],
};

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = readLexicons(await readFiles('rules')).get('cytology') as Lexicon;
});

describe.each(Object.entries(CYTOLOGY))('reads as %s:', (reading, texts) => {
  it.each(texts.map((text) => [text]))('%s', (text) => {
    expect(readConclusion(text, lexicon)).toBe(reading);
  });
});
