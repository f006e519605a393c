import { type Message } from '../../../kernel/index.js';

/** Lexicons: phrases, their examples, codes. */
export const LEXICON_MESSAGES = {
  'phrase-brackets': {
    zh: '短语 {found} 的括号不成对，或什么都不含',
    en: 'The brackets of the phrase {found} do not match, or it holds nothing',
    mend: { zh: '写成 (甲|乙|) 的形式。', en: 'Write (a|b|).' },
  },
  'phrase-unseen': {
    zh: '短语 {found} 的例句里没有一句含有它',
    en: 'The phrase {found} occurs in none of its own examples',
    mend: { zh: '给它写一句含有它的例句。', en: 'Write an example that holds it.' },
  },
  'reads-otherwise': {
    zh: '例句 {found} 读成 {reading}，例子说应当是 {expected}',
    en: 'The example {found} reads {reading}, but says {expected}',
    mend: { zh: '改例句所在的类，或补短语。', en: 'Move the example, or add a phrase.' },
  },
  'no-class-to-count-from': {
    zh: 'grades 须写明从几类算起(可写到几类)，用 0 至 6、4A、4B、4C、4X',
    en: 'Grades need the class that they count from, and may have the last: 0 to 6, 4A, 4B, 4C, 4X',
    mend: {
      zh: '写 grades: { from: 4 }，或 { of: [BI-RADS], from: 4, to: 4A }。',
      en: 'Write `grades: { from: 4 }`, or `{ of: [BI-RADS], from: 4, to: 4A }`.',
    },
  },
  'extends-or-grammar': {
    zh: 'extends 与 grammar 只能写其一',
    en: 'A lexicon either extends another or takes its grammar',
    mend: {
      zh: '连病名一起沿用写 extends；只沿用否定与存疑的读法写 grammar。',
      en: 'Write `extends` to take its findings too, `grammar` to take only how it denies and doubts.',
    },
  },
  'measure-no-number': {
    zh: '有大小的短语须写与多大比较',
    en: 'A measured phrase needs a number to compare with',
    mend: { zh: '写 value，例如 value: 50，单位写在 unit。', en: 'Write `value: 50`; the unit goes into `unit`.' },
  },
  'no-such-measure': {
    zh: '报告里的大小没有 {found} 这个单位',
    en: 'Reports give no measure in {found}',
    mend: { zh: '用列出的单位之一。', en: 'Use one of the units listed.' },
  },
  'code-or-prefix': {
    zh: '一个编码写 code 或 prefix，只写其一',
    en: 'A code has either code or prefix',
    mend: { zh: '删去其一，或补上。', en: 'Delete one of them, or write one.' },
  },
  'doubled-lexicon': {
    zh: '词库编号 {found} 已经用过，见 {first}',
    en: 'The lexicon id {found} is already used in {first}',
    mend: { zh: '换一个编号。', en: 'Give it an id of its own.' },
  },
} as const satisfies Record<string, Message>;
