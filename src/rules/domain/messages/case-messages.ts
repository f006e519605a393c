import { type Message } from '../../../kernel/index.js';

/** Cases: a person's results over time, and what must come of them. */
export const CASE_MESSAGES = {
  'case-unknown-pack': {
    zh: '没有 {found} 这个规则包',
    en: 'There is no pack {found}',
    mend: { zh: '写规则包的文件夹名，例如 important-results。', en: 'Write the name of its folder, e.g. important-results.' },
  },
  'case-unknown-rule': {
    zh: '这里看的规则包里没有 {found} 这条规则',
    en: 'There is no rule {found} in the packs that are looked at',
    mend: {
      zh: '写规则的编号，别的包的写全名 包/规则，并把那个包列在 packs 里。',
      en: 'Write the id of the rule; of another pack its full name pack/rule, with that pack among `packs`.',
    },
  },
  'case-no-results': {
    zh: '病例没有结果',
    en: 'The case has no results',
    mend: {
      zh: '写 results: [{ at: 2026-03-02, wbc: 2.9 }]。',
      en: 'Write `results: [{ at: 2026-03-02, wbc: 2.9 }]`.',
    },
  },
  'case-no-expect': {
    zh: '病例没有写明应当得出什么(expect)',
    en: 'The case does not say what to expect',
    mend: {
      zh: '列出全部阳性发现；不许发出的写 expect: []。',
      en: 'List all findings; write `expect: []` where nothing must fire.',
    },
  },
  'policy-case-no-expect': {
    zh: '病例没有写明应当在何时、由谁做什么(expect)',
    en: 'The case does not say what the policy must come to',
    mend: {
      zh: '写 expect: { tell-by: … } 等至少一项。',
      en: 'Write at least one, such as `expect: { tell-by: … }`.',
    },
  },
  'case-no-time': {
    zh: '结果没有写明时间(at)',
    en: 'The results have no time',
    mend: { zh: '写 at: 2026-03-02，或 at: 2026-03-02 08:30。', en: 'Write `at: 2026-03-02` or `at: 2026-03-02 08:30`.' },
  },
  'case-no-values': {
    zh: '这一行只有时间，没有检验值',
    en: 'These results have a time, but no value',
    mend: {
      zh: '写上检验项目和值，例如 wbc: 2.9；检查缩进。',
      en: 'Write analytes with their values, e.g. `wbc: 2.9`; look at the indents.',
    },
  },
  'case-nothing-come': {
    zh: '到 {found} 为止，没有一项结果已经发出，什么也不会得出',
    en: 'By {found} no result has been issued: nothing could come of it',
    mend: {
      zh: '把 now 改到结果之后；或删去 now，时钟就停在最后一项结果。',
      en: 'Move `now` behind the results, or delete it: the clock then stands at the last of them.',
    },
  },
  'case-two-ages': {
    zh: '出生日期和年龄写了两样，哪个算数说不清',
    en: 'Both the date of birth and the age stand here; which one counts is not clear',
    mend: { zh: '只写其一。', en: 'Write one of them.' },
  },
  'case-bad-time': {
    zh: '{found} 不是时间',
    en: '{found} is no time',
    mend: {
      zh: '写成 年-月-日，或 年-月-日 时:分；须是存在的日子。',
      en: 'Write YYYY-MM-DD or YYYY-MM-DD hh:mm, of a day that exists.',
    },
  },
  'case-bad-level': {
    zh: '应有的等级须是 1 到 5，或 unknown',
    en: 'An expected level is 1 to 5, or unknown',
    mend: { zh: '写 expect: { level: 3 }。', en: 'Write `expect: { level: 3 }`.' },
  },
  'case-no-pack': {
    zh: '病例不在规则包的文件夹里，也没有写明看哪几个包',
    en: 'These cases lie in no folder of a pack, and do not say which packs they are about',
    mend: {
      zh: '移到规则包的 cases/ 文件夹，或在文件开头写 packs: [important-results]。',
      en: 'Move them into the cases/ folder of a pack, or write `packs: [important-results]` at the top.',
    },
  },
} as const satisfies Record<string, Message>;
