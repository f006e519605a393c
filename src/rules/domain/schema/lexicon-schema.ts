import { COMPARISONS } from '../compare.js';
import { type GRADES_KEYS, type LEXICON_KEYS, type MEASURED_KEYS } from '../files/read-lexicon.js';
import { PHRASE_LISTS, type PhraseList, READINGS, UNMEASURED, WORD_LISTS, type WordList } from '../text/lexicon.js';
import { GRADES } from '../text/grades.js';
import { MEASURE_UNITS } from '../text/measures.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';
import { HEAD, MODE } from './rule-schema.js';

const LISTS_ZH: Record<PhraseList | WordList, string> = {
  malignant: '恶性疾病的名称',
  tumour: '可能是肿瘤的词：瘤、占位',
  positive: '本身就算阳性的词',
  possible: '可能是、不能肯定的词：未排除即请医生判断',
  abbreviations: '恶性疾病的缩写；单独出现，后面不跟数字',
  benign: '肯定为良性的名称，没有任何疑问时不通知',
  ignored: '含有上述词而不说明问题的词',
  cannotExclude: '恶性不能排除，或仍待排除',
  excludes: '已完成的排除，写在所排除的词之前',
  excludedAfter: '已完成的排除，写在所排除的词之后、分句末尾',
  unsettles: '使同一分句内的排除不成立的词',
  leavesOpen: '谈到排除而没有说是否完成的词',
  suspects: '怀疑所提到的恶性或肿瘤',
  leans: '提到恶性疾病时表示倾向的词',
  history: '疾病之后、表示既往的词',
  fillers: '形容词、副词、部位',
  lesions: '并列的病变',
  connectors: '和、或',
  tails: '病变名称的后缀',
  measures: '开头的词：这个分句给出前面所说病变的大小',
};

/** A lexicon: how the conclusions of reports are read. */
export function lexiconSchemas(): Record<string, Schema> {
  const phrases = listOf(
    mapOf({ phrase: TEXT, examples: readings(), note: HEAD.note }, ['phrase', 'examples']),
  );
  const phraseLists = Object.entries(PHRASE_LISTS).map(([name, en]) => [
    name,
    { ...phrases, ...listed(name, en) },
  ]);
  const wordLists = Object.entries(WORD_LISTS).map(([name, en]) => [
    name,
    { ...listOf(TEXT), ...listed(name, en) },
  ]);
  const lists = Object.fromEntries([...phraseLists, ...wordLists]) as Record<PhraseList | WordList, Schema>;
  const code = { system: TEXT, code: TEXT, prefix: TEXT, note: HEAD.note };
  const lexicon: Record<(typeof LEXICON_KEYS)[number] | 'overlay', Schema> = {
    kind: { const: 'lexicon' },
    overlay: MODE,
    id: { ...TEXT, ...told('词库编号', 'Id of the lexicon') },
    title: { ...BILINGUAL, ...told('标题 { zh, en }', 'Title { zh, en }') },
    ...HEAD,
    extends: { ...TEXT, ...told('在哪个词库之上', 'The lexicon that this one adds to') },
    grammar: { ...TEXT, ...told('只沿用哪个词库的否定与存疑读法', 'The lexicon whose way of denying and doubting it takes') },
    measured: measured(),
    grades: mapOf(
      grades(),
      ['from'],
      told('RADS 分类从几类算起', 'From which class of the RADS family'),
    ),
    codes: listOf(mapOf(code, ['system'], { oneOf: [{ required: ['code'] }, { required: ['prefix'] }] })),
    ...lists,
  };
  return { lexicon: mapOf(lexicon, ['kind', 'id', 'title', 'source', 'owner', 'review-by']) };
}

function listed(name: string, en: string): { description: string } {
  return told(LISTS_ZH[name as PhraseList | WordList], en);
}

/** Phrases that are a finding only with their measure. */
function measured(): Schema {
  const phrase = {
    phrase: TEXT,
    operator: { enum: COMPARISONS },
    value: { type: 'number' },
    below: { type: 'number', ...told('从多大起算别的（不含）', 'From which measure on it is another finding') },
    unit: { enum: MEASURE_UNITS },
    unmeasured: {
      enum: UNMEASURED,
      ...told('没有写大小时：请医生判断、不算、或照样算', 'Without a measure: the doctor, nobody, or a finding all the same'),
    },
    examples: readings(),
    note: HEAD.note,
  } satisfies Record<(typeof MEASURED_KEYS)[number], Schema>;
  const item = mapOf(phrase, ['phrase', 'unit', 'examples'], {
    anyOf: [{ required: ['operator', 'value'] }, { required: ['below'] }],
  });
  return { ...listOf(item), ...told('有大小才算的短语', 'Phrases that are a finding only with their measure') };
}

/** Classes of the RADS family, from one to another, of some of its systems. */
function grades(): Record<(typeof GRADES_KEYS)[number], Schema> {
  const grade: Schema = { enum: GRADES.map((each) => (/^\d$/.test(each) ? Number(each) : each)) };
  return {
    of: { ...listOf(TEXT), ...told('只看这几套分类', 'Of these systems alone') },
    from: grade,
    to: { ...grade, ...told('到几类为止', 'The last class that counts') },
    are: { const: 'findings' },
    examples: readings(),
  };
}

function readings(): Schema {
  return mapOf(Object.fromEntries(READINGS.map((reading) => [reading, listOf(TEXT)])), []);
}
