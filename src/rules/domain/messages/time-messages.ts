import { type Message } from '../../../kernel/index.js';

/** Conditions that look back over time, and examples with earlier days. */
export const TIME_MESSAGES = {
  'over-no-results': {
    zh: '"over: {over}" 看历次检验结果，而 "{fact}" 是人的情况，没有历次结果',
    en: '"over: {over}" looks at results over time; "{fact}" is a fact of the person and has none',
    mend: { zh: '删去 params，或换成检验项目。', en: 'Delete the params, or name an analyte.' },
  },
  'over-lacks': {
    zh: '"over: {over}" 还须写 {key}',
    en: '"over: {over}" needs {key}',
    mend: { zh: '在 params 里补上。', en: 'Add it to the params.' },
  },
  'over-idle': {
    zh: '{found} 对 "over: {over}" 没有意义',
    en: '{found} has no meaning with "over: {over}"',
    mend: { zh: '删去它，或换一种 over。', en: 'Delete it, or look back in another way.' },
  },
  'params-without-over': {
    zh: 'params 里写了 {found} 却没有写 over：怎样回看',
    en: 'The params have {found} but no "over": how to look back',
    mend: { zh: '写上 over，例如 over: previous。', en: 'Write `over:`, e.g. `over: previous`.' },
  },
  'over-no-number': {
    zh: '"over: {over}" 只能用于一个数值项目，"{fact}" 不是',
    en: '"over: {over}" needs one analyte that is a number; "{fact}" is none',
    mend: { zh: '写一个有单位的检验项目。', en: 'Name one analyte that has a unit.' },
  },
  'percent-needs-unit': {
    zh: '按上次值的百分比计的变化，单位须写 %',
    en: 'A change in percent of the earlier value must have the unit %',
    mend: { zh: "写 unit: '%'，或删去 as: percent。", en: "Write `unit: '%'`, or delete `as: percent`." },
  },
  'no-points': {
    zh: '"{fact}" 本身不以百分比计，没有百分点',
    en: '"{fact}" is not in percent: it has no percentage points',
    mend: {
      zh: '删去 as: points；% 就是上次值的百分之几。',
      en: 'Delete `as: points`; % is percent of the earlier value.',
    },
  },
  'points-or-percent': {
    zh: '"{fact}" 本身以 % 计："%" 是百分点，还是上次值的百分之几，须写明',
    en: '"{fact}" is itself in %: write whether "%" is percentage points or percent of the earlier value',
    mend: {
      zh: '在 params 里写 as: points 或 as: percent。',
      en: 'Write `as: points` or `as: percent` in the params.',
    },
  },
  'bad-rate-unit': {
    zh: '速率的单位须是 "{fact}" 的单位除以时间',
    en: 'A rate has a unit of "{fact}" per time',
    mend: {
      zh: '写成 g/L/d 这样，时间用 h、d、wk、mo、a。',
      en: 'Write it like g/L/d; times are h, d, wk, mo, a.',
    },
  },
  'count-with-unit': {
    zh: '次数没有单位；检验值的单位写在 params.when 里',
    en: 'A count has no unit; the unit of the value belongs in params.when',
    mend: { zh: '删去 unit。', en: 'Delete the unit.' },
  },
  'impossible-count': {
    zh: '{visits} 次就诊里不可能有 {count} 次；visits 为 1 到 {most}，次数不多于 visits',
    en: '{count} of {visits} visits is impossible; visits is 1 to {most}, the count at most that',
    mend: { zh: '核对两个数。', en: 'Check both numbers.' },
  },
  'not-whole': {
    zh: '{what}须是整数',
    en: '{what} must be a whole number',
    mend: { zh: '写成 3 这样的整数。', en: 'Write a whole number such as 3.' },
  },
  'when-lacks': {
    zh: 'when 须写明 operator 和 value：怎样的结果才计数',
    en: 'when needs operator and value: which results are counted',
    mend: { zh: '照提示里的例子补全。', en: 'Complete it as the example in the message shows.' },
  },
  'bad-window': {
    zh: '时间长度须写成 7 d、48 h、3 mo、1 a 的形式，最长 150 a',
    en: 'A length of time is written like 7 d, 48 h, 3 mo or 1 a, up to 150 a',
    mend: { zh: '单位用 s、min、h、d、wk、mo、a。', en: 'Units are s, min, h, d, wk, mo, a.' },
  },
  'no-days': {
    zh: '例子里较早的一天须写明在所判断的结果之前几天',
    en: 'An earlier day needs how many days it lies before the judged result',
    mend: { zh: '写 days: 30 这样大于零的数。', en: 'Write a number above zero, e.g. `days: 30`.' },
  },
  'earlier-person': {
    zh: '较早的一天只写检验值；人的情况写在 facts 里',
    en: 'Earlier days hold results alone; what is known of the person belongs in facts',
    mend: { zh: '移到例子的 facts。', en: 'Move it to the facts of the example.' },
  },
} as const satisfies Record<string, Message>;
