import { type Message } from '../../../kernel/index.js';

/** Conditions: facts, operators, limits, units, values. */
export const CONDITION_MESSAGES = {
  'too-deep': {
    zh: '条件嵌套超过 {deepest} 层',
    en: 'Conditions are nested more than {deepest} deep',
    mend: { zh: '拆成几条规则。', en: 'Make several rules of it.' },
  },
  'not-one-condition': {
    zh: '一个条件只能是 all、any、not 之一，或一个带 operator 和 value 的 fact',
    en: 'A condition is exactly one of all, any, not, or a fact with operator and value',
    mend: {
      zh: '两种并存时，外面再套一层 all 或 any。',
      en: 'Where there are two, put both into an `all` or `any`.',
    },
  },
  'empty-group': {
    zh: '{found} 下面没有任何条件',
    en: '{found} needs at least one condition',
    mend: { zh: '写上条件，或删去这一层。', en: 'Write a condition, or delete the group.' },
  },
  'unknown-fact': {
    zh: '没有 {found} 这个项目或事实',
    en: 'Unknown fact {found}',
    mend: {
      zh: '项目编号见 vocabulary/；人的事实有 age、sex、pregnant。',
      en: 'Analyte ids stand in vocabulary/; facts of the person are age, sex, pregnant.',
    },
  },
  'no-operator': {
    zh: '条件没有 operator(怎样比较)',
    en: 'The condition has no operator',
    mend: { zh: '写 operator，例如 lessThan(低于)。', en: 'Write `operator:`, e.g. lessThan.' },
  },
  'no-value': {
    zh: '条件没有 value(与什么比较)',
    en: 'The condition has no value to compare with',
    mend: { zh: '写 value，例如 value: 3.0。', en: 'Write `value:`, e.g. `value: 3.0`.' },
  },
  'operator-unfit': {
    zh: 'operator {found} 不适用于 "{fact}"：它是{nature}',
    en: 'Operator {found} does not fit "{fact}", which is {nature}',
    mend: {
      zh: '换成列出的 operator 之一，或核对 fact 是否写对。',
      en: 'Use one of the operators listed, or check the fact.',
    },
  },
  'limit-for-a-group': {
    zh: '项目组 "{fact}" 里各项的界值不同，不能共用一个数',
    en: 'Limits differ within the group "{fact}": it cannot have one number',
    mend: {
      zh: '逐项写，或用 aboveOwnLimit 与报告自带的上限比较。',
      en: 'Name the analytes one by one, or use aboveOwnLimit to compare with the limit of the report.',
    },
  },
  'limit-no-number': {
    zh: '"{fact}" 的界值须是数字，不加引号',
    en: 'The limit of "{fact}" must be a number, without quotes',
    mend: {
      zh: '写成 3.0 这样的小数，单位写在 unit。',
      en: 'Write a decimal such as 3.0; the unit goes into `unit`.',
    },
  },
  'odd-number': {
    zh: '数字 {found} 的写法可能被读成别的数',
    en: 'The number {found} is written in a way that may be read as another one',
    mend: {
      zh: '写成普通的小数：只用数字和一个小数点，前面没有多余的 0 和加号，不用千分位、指数、十六进制。',
      en: 'Write a plain decimal: digits and one point, no needless zero or plus sign before them, no separators, powers or hexadecimals.',
    },
  },
  'limit-implausible': {
    zh: '"{fact}" 的界值 {found} 超出词表中的合理范围 {low}–{high} {unit}：多半是小数点或单位错了',
    en: 'The limit {found} of "{fact}" is outside its plausible range, {low} to {high} {unit}: most likely a decimal point or a unit is wrong',
    mend: {
      zh: '核对小数点和单位；确实无误时，先由医生修改 vocabulary/ 里的 plausible。',
      en: 'Check the decimal point and the unit; if both are right, `plausible` in vocabulary/ must be changed first.',
    },
  },
  'no-unit': {
    zh: '"{fact}" 的界值没有单位',
    en: 'The limit of "{fact}" has no unit',
    mend: { zh: '写上单位，例如 unit: 10*9/L。', en: 'Write the unit, e.g. `unit: 10*9/L`.' },
  },
  'unit-impossible': {
    zh: '{found} 不能作 "{fact}" 的单位，无法换算',
    en: '{found} cannot be a unit of "{fact}": it does not convert',
    mend: {
      zh: '用该项目的标准单位或其十的整数次幂(UCUM 写法)。',
      en: "Use the analyte's own unit or a power of ten of it, in UCUM.",
    },
  },
  'unit-rounds': {
    zh: '"{fact}" 的界值用 {found} 书写，换算时会四舍五入，界值会移动',
    en: 'A limit of "{fact}" in {found} would be rounded when it is converted, and so move',
    mend: {
      zh: '界值用标准单位书写；检验结果用什么单位都可以。',
      en: "Write the limit in the analyte's own unit; results may come in any.",
    },
  },
  'no-grade': {
    zh: 'microscopyAbove 还须写明达到几个加号也算',
    en: 'microscopyAbove also needs the plus-grade from which it fires',
    mend: { zh: '写 params: { grade: ++ }。', en: 'Write `params: { grade: ++ }`.' },
  },
  'bad-grade': {
    zh: '"{fact}" 的界值须是一个分级',
    en: 'The limit of "{fact}" must be one grade',
    mend: {
      zh: '写 "-"(加引号)、±、+、++、+++ 或 ++++；“阳性”是几级的总称，不能作界值。',
      en: 'Write "-" (quoted), ±, +, ++, +++ or ++++; "positive" is several grades and no limit.',
    },
  },
  'bad-multiple': {
    zh: 'value 须是倍数：本报告上限的几倍',
    en: "The value must be a multiple of the report's own limit",
    mend: { zh: '写大于零的数，例如 value: 1。', en: 'Write a number above zero, e.g. `value: 1`.' },
  },
  'unknown-value': {
    zh: '"{fact}" 没有 {found} 这个值',
    en: '"{fact}" has no value {found}',
    mend: {
      zh: '改成该项目在 vocabulary/ 里列出的值；性别写 male、female。',
      en: 'Use one of the values listed in vocabulary/; sex is male or female.',
    },
  },
  'bad-known': {
    zh: 'known 只能写 true：只认记录上有的',
    en: 'known can only be true: only what is on record counts',
    mend: { zh: '写 known: true，或删去 params。', en: 'Write `known: true`, or delete params.' },
  },
  'unknown-lexicon': {
    zh: '没有 {found} 这个词库',
    en: 'Unknown lexicon {found}',
    mend: { zh: '写 rules/lexicon/ 里某个词库的 id。', en: 'Write the id of a lexicon in rules/lexicon/.' },
  },
  'age-no-number': {
    zh: '年龄的界值须是数字',
    en: 'A limit of age must be a number',
    mend: {
      zh: '写周岁，例如 value: 60, unit: a。',
      en: 'Write completed years, e.g. `value: 60, unit: a`.',
    },
  },
  'age-unit': {
    zh: '年龄按周岁或天数计，单位须写 a 或 d',
    en: 'An age is in completed years or days, its unit must be a or d',
    mend: { zh: '写 unit: a；新生儿写 unit: d。', en: 'Write `unit: a`; for the newborn `unit: d`.' },
  },
} as const satisfies Record<string, Message>;
