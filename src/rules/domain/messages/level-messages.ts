import { type Message } from '../../../kernel/index.js';

/** Rules that give a risk level, and the plan that levels are put together by. */
export const LEVEL_MESSAGES = {
  'event-of-another-kind': {
    zh: 'kind: {kind} 的文件不能有 {found} 的规则：分层规则只给等级，不通知；通知的规则不给等级',
    en: 'A file of kind {kind} may have no rule of type {found}: rules for levels never call, rules that call give no level',
    mend: {
      zh: '把规则移到另一种文件，或改 type。',
      en: 'Move the rule into a file of the other kind, or change its type.',
    },
  },
  'no-level': {
    zh: '没有写明等级',
    en: 'The level is missing',
    mend: { zh: '写 level: 1 到 4；不能评估的写 not-evaluable。', en: 'Write `level:` 1 to 4, or `not-evaluable`.' },
  },
  'bad-level': {
    zh: '等级须是 1 到 4：5 级是没有一条规则成立时剩下的，不能由规则给出',
    en: 'A level is 1 to 4: level 5 is what is left when no rule holds, and no rule can give it',
    mend: { zh: '写 1、2、3 或 4。', en: 'Write 1, 2, 3 or 4.' },
  },
  'no-domain': {
    zh: '没有写明属于哪个领域(domain)',
    en: 'The domain is missing',
    mend: { zh: '写分层方案里的领域编号。', en: 'Write the id of a domain of the level plan.' },
  },
  'unknown-domain': {
    zh: '分层方案里没有 {found} 这个领域',
    en: 'The level plan has no domain {found}',
    mend: { zh: '用列出的编号，或在 kind: levels 的文件里加上。', en: 'Use one that is listed, or add it to the file of kind levels.' },
  },
  'no-level-plan': {
    zh: '有分层规则，却没有分层方案(kind: levels)：领域和基本项目无从知道',
    en: 'There are rules for levels, but no level plan (kind: levels): domains and basic set are not known',
    mend: { zh: '加上随附的 stratification/levels.yaml。', en: 'Add the shipped stratification/levels.yaml.' },
  },
  'second-level-plan': {
    zh: '分层方案只能有一份，已经有 {first}',
    en: 'There can be one level plan, and {first} is one',
    mend: { zh: '合并成一份；本院的改动放在同一路径。', en: 'Make them one; a centre puts its own under the same path.' },
  },
  'level-over-time': {
    zh: '分层只看每个项目最近的有效值，不能写 over：{condition}',
    en: 'Levels are of the latest valid values alone, so `over` cannot stand here: {condition}',
    mend: { zh: '删去 params 里的 over。', en: 'Delete `over` from the params.' },
  },
  'unknown-switch': {
    zh: '分层方案里没有 {found} 这个开关',
    en: 'The level plan has no switch {found}',
    mend: { zh: '用列出的编号，或在 switches 里加上。', en: 'Use one that is listed, or add it to `switches`.' },
  },
  'switch-elsewhere': {
    zh: '开关 {found} 只管分层规则',
    en: 'The switch {found} is for rules of levels only',
    mend: { zh: '删去；通知的规则用本院的改动停用。', en: 'Delete it; a rule that calls is switched off in the overlay.' },
  },
  'on-or-off': {
    zh: '开关须写明是开是关',
    en: 'A switch must say whether it is on',
    mend: { zh: '写 on: true 或 on: false。', en: 'Write `on: true` or `on: false`.' },
  },
  'bad-days': {
    zh: 'days 须是 2 到 10 的整数：要在几个不同日达到',
    en: '`days` must be a whole number of 2 to 10: on how many different days',
    mend: { zh: '写 days: 2。', en: 'Write `days: 2`.' },
  },
  'all-or-any': {
    zh: '基本项目须写 all(都要有)或 any(有一项即可)，列出检验项目',
    en: 'An item of the basic set needs `all` or `any` with its analytes',
    mend: { zh: '写 all: [systolic-bp, diastolic-bp]。', en: 'Write `all: [systolic-bp, diastolic-bp]`.' },
  },
} as const satisfies Record<string, Message>;
