import { type Message } from '../../kernel/index.js';

/** Every message that refuses a notification policy. */
export const POLICY_MESSAGES = {
  'policy-not-yaml': {
    zh: '通知时限文件不合 YAML 的写法(缩进、括号、引号或冒号)',
    en: 'The policy is not readable as YAML: {problem}',
    mend: {
      zh: '对照上下行；常常错在上一行。',
      en: 'Compare with the lines around; the mistake is often one line above.',
    },
  },
  'policy-doubled-key': {
    zh: '同一处把一项写了两遍',
    en: 'The same key stands twice',
    mend: { zh: '删去其中一个。', en: 'Delete one of them.' },
  },
  'policy-missing': {
    zh: '{member}缺少 {key}',
    en: '{member} has no {key}',
    mend: { zh: '补上这一项。', en: 'Add it.' },
  },
  'policy-unknown-key': {
    zh: '{member}里没有 {found} 这一项',
    en: 'Unknown key {found} in {member}',
    mend: { zh: '改正拼写，或删去。', en: 'Mend the spelling, or delete it.' },
  },
  'policy-wrong-kind': {
    zh: '{member}的内容不对',
    en: '{member} is of the wrong kind',
    mend: { zh: '按提示写数字、文字或列表。', en: 'Write a number, a text or a list, as the message says.' },
  },
  'policy-unknown-word': {
    zh: '{member}不能写 {found}',
    en: '{member} cannot be {found}',
    mend: { zh: '改成列出的词之一。', en: 'Use one of the words listed.' },
  },
  'policy-bad-form': {
    zh: '{member}的写法不对',
    en: '{member} is not written as it should be',
    mend: {
      zh: '时刻写 "08:00"，日期写 "2027-01-01"，都加引号；规则写 包/规则。',
      en: 'Write times as "08:00" and days as "2027-01-01", quoted; rules as pack/rule.',
    },
  },
  'policy-out-of-range': {
    zh: '{member}的数超出范围',
    en: '{member} is out of range',
    mend: { zh: '改成范围以内的数。', en: 'Write a number within the range.' },
  },
  'policy-one-limit': {
    zh: '{member}须写一个时限，且只写一个',
    en: '{member} must have exactly one limit',
    mend: {
      zh: '写 { hours: … }、{ days: … } 或 { same_working_day: true } 之一。',
      en: 'Write one of { hours: … }, { days: … }, { same_working_day: true }.',
    },
  },
  'policy-too-long': {
    zh: '{class} 类不能等这么久：{member}写的是 {found}，最长 {expected}',
    en: 'Class {class} may not wait so long: {member} is {found}, at most {expected}',
    mend: { zh: '改成不超过最长时限。', en: 'Write a limit no longer than that.' },
  },
  'policy-no-day': {
    zh: '{member}写的 {found} 不是存在的日期',
    en: '{found} in {member} is no day',
    mend: { zh: '核对月和日。', en: 'Check month and day.' },
  },
  'policy-short-day': {
    zh: '{member} {found} 须晚于上班时间 {from}',
    en: '{member} {found} must be later than from, {from}',
    mend: { zh: '核对上下班时间。', en: 'Check both times.' },
  },
  'policy-after-the-limit': {
    zh: 'A 类须在 {expected} 分钟内告知：{member}的 {found} 分钟已经过了',
    en: 'Class A is told within {expected} minutes: {member} at {found} is too late',
    mend: {
      zh: '改成告知时限之前的分钟数。',
      en: 'Write minutes that lie before the limit to tell.',
    },
  },
  'policy-out-of-order': {
    zh: '{member}须一步比一步晚，角色不重复：{found} 不是',
    en: 'Each step of {member} comes after the one before, each role once: {found} does not',
    mend: {
      zh: '按时间先后排列，每个角色只写一次。',
      en: 'Put them in the order of time, each role once.',
    },
  },
  'policy-doubled-department': {
    zh: '{member}里 {found} 写了两遍',
    en: 'In {member}, {found} stands twice',
    mend: {
      zh: '每个科室一个编号，名称也不重复。',
      en: 'Give each department an id and names of its own.',
    },
  },
  'policy-family-first': {
    zh: '{member}：先联系本人或医生，才轮到家属',
    en: '{member}: the person or a doctor comes before the family',
    mend: {
      zh: '把 person 或医生写在 family 之前。',
      en: 'Write person, or a doctor, before family.',
    },
  },
  'policy-covers-itself': {
    zh: '{member}里 {found} 不能盖住自己，也不能两者互相盖住',
    en: 'In {member}, {found} cannot cover itself, nor two cover each other',
    mend: {
      zh: '只写较重的盖住较轻的。',
      en: 'Only the graver covers the milder.',
    },
  },
} as const satisfies Record<string, Message>;

/** What refuses nothing, but must be seen. */
export const POLICY_WARNINGS = {
  'policy-nobody-on-duty': {
    zh: '周{weekday} {clock} 起的 A 类结果，按值班表没有一个写了名字的人能按时得知',
    en: 'Of a class A result from day {weekday} {clock} on, nobody by name hears in time: the rota has nobody on duty',
    mend: {
      zh: '在 rota 里写上值班人员的帐号，至少两个角色全天有人。',
      en: 'Write who is on duty into rota: at two roles at least, at any time.',
    },
  },
  'policy-rests-on-one': {
    zh: '周{weekday} {clock} 起的 A 类结果只有{role}能按时得知：此人不在，就没有人知道',
    en: 'Of a class A result from day {weekday} {clock} on, only the {role} hears in time: without them nobody does',
    mend: {
      zh: '在 rota 里为这段时间写上另一个角色的值班人员。',
      en: 'Write somebody of another role into rota for that time.',
    },
  },
} as const satisfies Record<string, Message>;

export type PolicyFaultKind = keyof typeof POLICY_MESSAGES;
