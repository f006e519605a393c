import { type Message } from './message.js';

/** Conditions over time, and the earlier days of examples. */
export const TIME_MESSAGES = {
  'no-over': {
    zh: 'params 里有 {found}，却没有 over(怎样回看)',
    en: 'params has {found} but no "over"',
    mend: { zh: '写 over，例如 over: previous；不回看就删去 params。', en: 'Write how to look back, e.g. `over: previous`, or delete params.' },
  },
  'person-over-time': {
    zh: 'over: {found} 回看检验结果；"{fact}" 是人的事实，没有以前的结果',
    en: '"over: {found}" looks at results over time; "{fact}" is a fact of the person and has none',
    mend: { zh: '删去 params，或换成检验项目。', en: 'Delete params, or name an analyte.' },
  },
  'param-unfit': {
    zh: '{found} 对 over: {over} 没有意义',
    en: '{found} has no meaning with "over: {over}"',
    mend: { zh: '删去它，或换一种 over。', en: 'Delete it, or look back in another way.' },
  },
  'param-missing': {
    zh: 'over: {over} 须写 {param}',
    en: '"over: {over}" needs {param}',
    mend: { zh: '照例子写上。', en: 'Write it as in the example.' },
  },
  'over-no-number': {
    zh: 'over: {over} 须是一个数值项目，{found} 不是',
    en: '"over: {over}" needs one analyte that is a number; {found} is none',
    mend: { zh: '逐项写；分级、文字结果不能相减。', en: 'Name one analyte; grades and texts have no difference.' },
  },
  'percent-unit': {
    zh: '占以前数值百分之几，单位须写 %',
    en: 'A change in percent of the earlier value has the unit %',
    mend: { zh: "写 unit: '%'。", en: "Write `unit: '%'`." },
  },
  'no-points': {
    zh: '"{fact}" 的单位不是 %，没有百分点',
    en: '"{fact}" is not in percent: it has no percentage points',
    mend: { zh: '删去 as，或写 as: percent。', en: 'Delete `as`, or write `as: percent`.' },
  },
  'points-or-percent': {
    zh: '"{fact}" 本身就是 %：是差几个百分点，还是占以前的百分之几',
    en: '"{fact}" is itself in %: percentage points, or percent of the earlier value',
    mend: { zh: '在 params 里写 as: points 或 as: percent。', en: 'Write `as: points` or `as: percent` in params.' },
  },
  'rate-unit': {
    zh: '"{fact}" 的变化速度，单位须是它的单位除以时间',
    en: 'A rate of "{fact}" has its unit per time',
    mend: { zh: '例如 unit: g/L/d。', en: 'For example `unit: g/L/d`.' },
  },
  'count-has-no-unit': {
    zh: '次数没有单位',
    en: 'A count has no unit',
    mend: { zh: '数值的单位写在 params.when 里。', en: 'The unit of the value belongs in params.when.' },
  },
  'impossible-count': {
    zh: '{visits} 次里的 {count} 次不可能；visits 是 1 到 {most}，次数不超过它',
    en: '{count} of {visits} visits is impossible; visits is 1 to {most}, the count at most that',
    mend: { zh: '改 value 或 visits。', en: 'Change value or visits.' },
  },
  'bad-when': {
    zh: 'when 须写 operator 和 value',
    en: 'when needs operator and value',
    mend: { zh: '照例子写。', en: 'Write it as in the example.' },
  },
  'no-whole-number': {
    zh: '{found} 不是整数',
    en: '{found} is no whole number',
    mend: { zh: '写 0 到 9999 的整数。', en: 'Write a whole number from 0 to 9999.' },
  },
  'bad-window': {
    zh: '{found} 不是一段时间',
    en: '{found} is no length of time',
    mend: { zh: '写成 7 d、48 h、3 mo、1 a。', en: 'Write 7 d, 48 h, 3 mo or 1 a.' },
  },
  'no-days': {
    zh: '以前的一天须写明在所判结果之前多少天',
    en: 'An earlier day needs how many days before the judged result',
    mend: { zh: '写 days: 30；大于零。', en: 'Write `days: 30`; above zero.' },
  },
  'person-in-earlier-day': {
    zh: '以前的一天只写检验结果；人的事实写在 facts 里',
    en: 'Earlier days hold results alone; what is known of the person belongs in facts',
    mend: { zh: '把它移到例子的 facts。', en: "Move it to the example's facts." },
  },
} as const satisfies Record<string, Message>;
