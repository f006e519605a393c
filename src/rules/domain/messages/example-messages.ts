import { type Message } from '../../../kernel/index.js';

/** Examples of rules. */
export const EXAMPLE_MESSAGES = {
  'no-examples': {
    zh: '规则没有例子：界值写错了也没有人会发现',
    en: 'The rule has no examples: nobody would see a mistyped limit',
    mend: {
      zh: '写 examples:，每个界值两侧各一个。',
      en: 'Write `examples:`, one on each side of every limit.',
    },
  },
  'no-facts': {
    zh: '例子没有 facts(检验值)',
    en: 'The example has no facts',
    mend: {
      zh: '写 facts: { wbc: 3.0 }；什么都没有测写 facts: {}。',
      en: 'Write `facts: { wbc: 3.0 }`, or `facts: {}` for nothing measured.',
    },
  },
  'no-expect': {
    zh: '例子没有写明应当得出什么(expect)',
    en: 'The example does not say what to expect',
    mend: {
      zh: '写 expect: fires、silent、unknown 或 review。',
      en: 'Write `expect: fires`, `silent`, `unknown` or `review`.',
    },
  },
  'unreadable-value': {
    zh: '{found} 不是 "{fact}" 的值',
    en: '{found} is no value of "{fact}"',
    mend: {
      zh: '写成 3.0、<3、15-30、126 mg/dL、++、阳性 这样的值；性别 male、female，妊娠 true、false。',
      en: 'Write a value such as 3.0, <3, 15-30, 126 mg/dL, ++; sex is male or female, pregnant true or false.',
    },
  },
  'example-fails': {
    zh: '规则 "{rule}" 的例子得出 {found}，例子说应当是 {expected}',
    en: 'The example of "{rule}" gives {found}, but says {expected}',
    mend: {
      zh: '先想清楚哪一边对：界值、operator、单位写错了，还是例子写错了。',
      en: 'Decide which is right: the limit with its operator and unit, or the example.',
    },
  },
  'untested-side': {
    zh: '规则 "{rule}" 的条件 "{condition}" 没有例子在{side}',
    en: 'No example of "{rule}" is on {side} of "{condition}"',
    mend: { zh: '补一个紧挨界值的例子。', en: 'Add an example right beside the limit.' },
  },
} as const satisfies Record<string, Message>;
