import { type Message } from '../../../kernel/index.js';

/** A centre's own files over the shipped ones. */
export const OVERLAY_MESSAGES = {
  'no-overlay-mode': {
    zh: '没有写明这份文件是替换还是新增',
    en: 'Whether the file replaces or adds is not said',
    mend: {
      zh: '文件开头写 overlay: replaces(替换随附的同名规则)或 overlay: adds(新增)。',
      en: 'Write `overlay: replaces` (shipped rules of the same ids) or `overlay: adds` at the top.',
    },
  },
  'nothing-to-replace': {
    zh: '随附的规则里没有 {found}',
    en: 'There is no shipped {found}',
    mend: {
      zh: '改正编号(包/规则)；要新增规则，写 overlay: adds。',
      en: 'Mend the id (pack/rule); to add a rule, write `overlay: adds`.',
    },
  },
  'already-shipped': {
    zh: '{found} 随附的规则里已经有了',
    en: '{found} is shipped already',
    mend: {
      zh: '写 overlay: replaces，或另取编号。',
      en: 'Write `overlay: replaces`, or give it another id.',
    },
  },
  'overlaid-twice': {
    zh: '本院的改动里两次提到 {found}',
    en: "The centre's own files speak of {found} twice",
    mend: { zh: '合并成一处。', en: 'Bring them together in one place.' },
  },
  'no-changes': {
    zh: '没有 changes(改动的列表)',
    en: 'The list of changes is missing',
    mend: { zh: '写 changes: 及各条改动。', en: 'Write `changes:` with an entry a rule.' },
  },
  'no-overlay-reason': {
    zh: '没有写明理由：本院为什么与随附的不同',
    en: 'The reason is missing: why this centre has it otherwise',
    mend: { zh: '写 reason。', en: 'Write `reason:`.' },
  },
  'change-or-off': {
    zh: '每条须写 change 或 off: true，只写一个',
    en: 'An entry has either `change` or `off: true`',
    mend: { zh: '留下其中一个。', en: 'Keep one of them.' },
  },
  'off-is-true': {
    zh: 'off 只能写 true',
    en: '`off` can only be true',
    mend: { zh: '要启用规则，删去这一条。', en: 'To have the rule on, take the entry out.' },
  },
  'empty-change': {
    zh: 'change 是空的',
    en: 'The change is empty',
    mend: { zh: '写 limits、class、advice 或 examples。', en: 'Write limits, class, advice or examples.' },
  },
  'limits-need-examples': {
    zh: '改了界值，没有写新的例子',
    en: 'Other limits need examples of their own',
    mend: { zh: '写 examples，界值两侧都要有。', en: 'Write `examples`, on each side of every limit.' },
  },
  'no-such-limit': {
    zh: '这条规则没有关于 {found} 的条件',
    en: 'No condition of the rule is about {found}',
    mend: { zh: '改正 fact 或 operator。', en: 'Mend the fact or the operator.' },
  },
  'ambiguous-limit': {
    zh: '这条规则有 {count} 个关于 {found} 的条件，不知道改哪一个',
    en: '{count} conditions of the rule are about {found}: which one is not said',
    mend: { zh: '写明 operator，或替换整条规则。', en: 'Name the operator, or replace the whole rule.' },
  },
  'limit-over-time': {
    zh: '关于 {found} 的条件回看历次结果，不能只改界值',
    en: 'The condition on {found} looks back over time: its limit alone cannot be changed',
    mend: { zh: '替换整条规则。', en: 'Replace the whole rule.' },
  },
  'limit-without-unit': {
    zh: '没有写单位；与原来相同也要写',
    en: 'The unit is missing; it is written even where it stays the same',
    mend: { zh: '写 unit。', en: 'Write `unit:`.' },
  },
  'doubled-limit': {
    zh: '{found} 的界值写了两次',
    en: 'The limit of {found} is given twice',
    mend: { zh: '删去其中一个。', en: 'Delete one of them.' },
  },
  'misplaced-overlay': {
    zh: '本院的改动不放在随附规则的文件夹里',
    en: "A centre's changes do not belong among the shipped rules",
    mend: { zh: '移到 RULES_OVERLAY_DIR 指向的文件夹。', en: 'Move it to the folder that RULES_OVERLAY_DIR names.' },
  },
  'misplaced-policy': {
    zh: '通知时限放在这里没有人读',
    en: 'Nobody reads a notification policy here',
    mend: { zh: '移到 notification/policy.yaml。', en: 'Move it to notification/policy.yaml.' },
  },
} as const satisfies Record<string, Message>;
