import { type Bilingual } from '../catalogue.js';

/** Parts of a file as messages name them: English → Chinese. What is a word of the file itself stays as it is. */
const PARTS = {
  'a rule file': '规则文件',
  'a rule': '规则',
  'a condition': '条件',
  'an example': '例子',
  'a lexicon file': '词库文件',
  'a formula file': '公式文件',
  'a formula': '公式',
  'an overlay file': '本院改动的文件',
  'an overlay entry': '一条改动',
  'a change': 'change(改动)',
  'a limit': '一个界值',
  overlay: 'overlay',
  'a code': '编码',
  'a word': '词语',
  'a level plan': '分层方案',
  'a domain': '领域',
  'an item of the basic set': '一项基本项目',
  'the level of a finding': '阳性发现的等级',
  'the level outside the own range': '超出参考区间的等级',
  'a repeated diagnosis': '复查证实的疾病',
  repeats: 'repeats',
  'a switch': '开关',
  'an expected level': '应有的等级',
  'a file of cases': '病例文件',
  'a case': '病例',
  'an expected finding': '应有的阳性发现',
  'a result': '结果',
  'a result status': '结果的 status(状态)',
  'an earlier day': '较早的一天',
  'a count': '次数',
  'params of microscopyAbove': 'microscopyAbove 的 params',
  'params of cannotExclude': 'cannotExclude 的 params',
  'the value of in': 'in 的 value',
  'the value of notIn': 'notIn 的 value',
  kind: 'kind(文件种类)',
  population: 'population(人群)',
  review: 'review',
  status: 'status(依据)',
  'review-by': 'review-by(复审日期)',
  operator: 'operator(比较方式)',
  'event type': 'event 的 type',
  reason: 'reason(原因)',
  class: 'class(类别)',
  expect: 'expect(应当得出)',
} as const;

/** Words of the file itself, the same in both languages. */
type FileWord =
  | `"${string}"`
  | 'id'
  | 'title'
  | 'title.zh'
  | 'title.en'
  | 'source'
  | 'owner'
  | 'event'
  | 'event.params'
  | 'advice'
  | 'advice.zh'
  | 'advice.en'
  | 'rules'
  | 'rule'
  | 'changes'
  | 'limits'
  | 'fact'
  | 'examples'
  | 'facts'
  | 'categories'
  | 'phrase'
  | 'system'
  | 'grades'
  | 'codes'
  | 'params'
  | 'earlier'
  | 'formulas'
  | 'cases'
  | 'name'
  | 'packs'
  | 'results'
  | 'truth'
  | 'sex'
  | 'care-setting'
  | 'over'
  | 'as'
  | 'visits'
  | 'when'
  | 'pack'
  | 'suspected'
  | 'domains'
  | 'basic-set'
  | 'findings'
  | 'rounded'
  | 'switches'
  | 'reasons'
  | 'ordered'
  | 'text'
  | 'found'
  | 'asked'
  | 'first';

export type Part = keyof typeof PARTS | FileWord | Bilingual;

/** A word of a file that no list holds. */
export function asWord(word: string): Bilingual {
  return { zh: word, en: word };
}

export function inWords(part: Part): Bilingual {
  return typeof part === 'object'
    ? part
    : { zh: (PARTS as Partial<Record<string, string>>)[part] ?? part, en: part };
}
