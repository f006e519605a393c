import { type Message } from './message.js';

/** Cases: a person's results over time, and what must come of them. */
export const CASE_MESSAGES = {
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
  'case-no-time': {
    zh: '结果没有写明时间(at)',
    en: 'The results have no time',
    mend: { zh: '写 at: 2026-03-02，或 at: 2026-03-02 08:30。', en: 'Write `at: 2026-03-02` or `at: 2026-03-02 08:30`.' },
  },
  'case-bad-time': {
    zh: '{found} 不是时间',
    en: '{found} is no time',
    mend: {
      zh: '写成 年-月-日，或 年-月-日 时:分；须是存在的日子。',
      en: 'Write YYYY-MM-DD or YYYY-MM-DD hh:mm, of a day that exists.',
    },
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
