import { type Message } from '../../../kernel/index.js';

/** Heads of files and rules, and what a rule does. */
export const RULE_MESSAGES = {
  'no-kind': {
    zh: '没有写明 kind(文件种类)',
    en: 'The kind of the file is missing',
    mend: { zh: '在文件开头写，例如 kind: critical。', en: 'Write it at the top, e.g. `kind: critical`.' },
  },
  'outside-a-pack': {
    zh: '规则文件须放在规则包的文件夹里',
    en: 'A file of rules belongs in the folder of its pack',
    mend: {
      zh: '移到规则包的文件夹，例如 important-results/。',
      en: 'Move it into the folder of its pack, e.g. important-results/.',
    },
  },
  'no-title': {
    zh: '没有标题',
    en: 'The title is missing',
    mend: { zh: '写 title: { zh: 中文, en: English }。', en: 'Write `title: { zh: …, en: … }`.' },
  },
  'no-source': {
    zh: '没有写明出处：界值来自哪份指南或标准、第几条',
    en: 'The source is missing: the guideline or list that the limits come from',
    mend: {
      zh: '写 source: 指南或标准的名称、年份与条款。',
      en: 'Write `source:` with name, year and section.',
    },
  },
  'no-owner': {
    zh: '没有写明负责人：谁对这份文件负责',
    en: 'The owner is missing: who answers for this file',
    mend: { zh: '写 owner: 科室与姓名。', en: 'Write `owner:` with department and name.' },
  },
  'no-review-by': {
    zh: '没有写明复审日期：最迟哪天要再看一遍',
    en: 'The review-by date is missing: the day by which this must be looked at again',
    mend: {
      zh: '写 review-by: 年-月-日，一般不超过一年。',
      en: 'Write `review-by: YYYY-MM-DD`, usually within a year.',
    },
  },
  'bad-date': {
    zh: '{what}须是存在的日期',
    en: '{what} must be a day that exists',
    mend: { zh: '写成 年-月-日，月和日各两位。', en: 'Write YYYY-MM-DD.' },
  },
  'not-pending': {
    zh: '依据为 {found} 的界值尚未由医生核对原文，必须标明待确认',
    en: 'A limit whose status is {found} has not been checked against its source, so it must be marked as pending',
    mend: {
      zh: '在规则或文件开头写 review: pending；核对原文后把 status 改为 found。',
      en: 'Write `review: pending` in the rule or at the top; once checked, change the status to `found`.',
    },
  },
  'no-list-of-rules': {
    zh: '文件里没有 rules(规则列表)',
    en: 'The list of rules is missing',
    mend: {
      zh: '写 rules:，下面每条规则以 "- id:" 开头。',
      en: 'Write `rules:`, each rule below it beginning with "- id:".',
    },
  },
  'no-id': {
    zh: '规则没有编号',
    en: 'The rule has no id',
    mend: {
      zh: '写 id:，例如 wbc-low；用过的编号不再改派他用。',
      en: 'Write `id:`, e.g. wbc-low; an id is never used for anything else.',
    },
  },
  'bad-id': {
    zh: '编号 {found} 只能用小写字母、数字和单个连字符',
    en: 'The id {found} may only have small letters, digits and single hyphens',
    mend: { zh: '改成例如 wbc-low。', en: 'Change it to, e.g., wbc-low.' },
  },
  'doubled-id': {
    zh: '编号 {found} 已经用过，见 {first}',
    en: 'The id {found} is already used in {first}',
    mend: { zh: '复制规则后要换一个编号。', en: 'Give the copy an id of its own.' },
  },
  'no-conditions': {
    zh: '规则没有条件',
    en: 'The rule has no conditions',
    mend: { zh: '写 conditions: { all: [ … ] }。', en: 'Write `conditions: { all: [ … ] }`.' },
  },
  'no-event': {
    zh: '规则没有写明成立后做什么(event)',
    en: 'The rule does not say what it does (event)',
    mend: { zh: '写 event: 及其 type 和 params。', en: 'Write `event:` with type and params.' },
  },
  'no-event-type': {
    zh: 'event 没有 type：通知、请医生判断还是只计数',
    en: 'The event has no type: call, ask the doctor, or only count',
    mend: { zh: '写 type: notify、review 或 count。', en: 'Write `type: notify`, `review` or `count`.' },
  },
  'no-params': {
    zh: 'event 没有 params(类别与建议)',
    en: 'The event has no params (class and advice)',
    mend: {
      zh: '写 params: { class: B, advice: { zh: … } }。',
      en: 'Write `params: { class: B, advice: { zh: … } }`.',
    },
  },
  'no-class': {
    zh: '没有写明类别',
    en: 'The class is missing',
    mend: { zh: '写 class: A、B 或 C。', en: 'Write `class: A`, `B` or `C`.' },
  },
  'no-advice': {
    zh: '没有建议：护士在电话里对受检者说什么',
    en: 'The advice is missing: what the nurse tells the person',
    mend: { zh: '写 advice: { zh: … }。', en: 'Write `advice: { zh: … }`.' },
  },
  'no-reason': {
    zh: '只计数的规则(count)须写明计入哪个原因',
    en: 'A rule that only counts needs the reason that it is counted under',
    mend: { zh: '在 params 里写 reason。', en: 'Write `reason` in the params.' },
  },
  'looks-at-no-result': {
    zh: '规则 {found} 不看任何检验结果，永远不会被问到',
    en: 'Rule {found} looks at no result: it could never be asked',
    mend: { zh: '至少写一个检验项目的条件。', en: 'Add a condition on at least one analyte.' },
  },
} as const satisfies Record<string, Message>;
