import { type Message } from '../../../kernel/index.js';

/** What no single line shows: conditions that cannot hold or always do, and rules that contradict each other. */
export const MEETING_MESSAGES = {
  'never-holds': {
    zh: '条件 "{condition}" 永远不成立(可能的值：{range})，规则永远不会发出',
    en: 'The condition "{condition}" can never hold (possible values: {range}): nobody would ever be called',
    mend: {
      zh: '核对 operator 的方向、界值，以及规则适用的人群。',
      en: 'Check the direction, the limit, and whom the rule is for.',
    },
  },
  'never-together': {
    zh: '条件 "{condition}" 与第 {line} 行的 "{other}" 不可能同时成立，规则永远不会发出',
    en: 'The condition "{condition}" never holds together with "{other}" in line {line}: nobody would ever be called',
    mend: {
      zh: '要“任一成立”写 any，不写 all；否则核对界值和方向。',
      en: 'For "one of them" write `any`, not `all`; else check limits and directions.',
    },
  },
  'never-all-together': {
    zh: '这些条件不可能同时成立，规则永远不会发出：{conditions}',
    en: 'These conditions never hold together, so that nobody would ever be called: {conditions}',
    mend: {
      zh: '要“任一成立”写 any，不写 all；否则核对界值和方向。',
      en: 'For "one of them" write `any`, not `all`; else check limits and directions.',
    },
  },
  'always-holds': {
    zh: '条件 "{condition}" 总是成立(可能的值：{range})，等于没有写',
    en: 'The condition "{condition}" always holds (possible values: {range}): it says nothing',
    mend: { zh: '核对界值和方向，或删去它。', en: 'Check limit and direction, or delete it.' },
  },
  'always-one-of-them': {
    zh: '这些条件总有一个成立，等于没有写：{conditions}',
    en: 'One of these conditions always holds, so that together they say nothing: {conditions}',
    mend: {
      zh: '要“同时成立”写 all，不写 any；否则核对界值和方向。',
      en: 'For "all of them" write `all`, not `any`; else check limits and directions.',
    },
  },
  'graver-is-laxer': {
    zh: '规则 "{rule}"({does})成立时，更重的 {graver}规则 "{other}"({place})总是已经成立：{where}。两个界值多半写反了',
    en: 'Wherever "{rule}" ({does}) holds, the graver "{other}" ({graver}, {place}) holds already: {where}. Most likely their limits are exchanged',
    mend: {
      zh: '较重的类别应当有较严(更极端)的界值；核对两条规则的界值和类别。',
      en: 'The graver class should have the more extreme limit; check limits and classes of both rules.',
    },
  },
  'same-conditions': {
    zh: '规则 "{rule}"({does})与 "{other}"({otherDoes}，{place})条件相同而处理不同：{where}',
    en: '"{rule}" ({does}) and "{other}" ({otherDoes}, {place}) have the same conditions, but do different things: {where}',
    mend: { zh: '留下一条，或改正其中一条的条件。', en: 'Keep one of them, or mend the conditions of one.' },
  },
  'called-and-counted': {
    zh: '规则 "{rule}" 只计数，而 "{other}"({place})对同样的值要通知：{where}',
    en: '"{rule}" only counts what "{other}" ({place}) calls for: {where}',
    mend: { zh: '让两条规则的界值相接而不重叠。', en: 'Let the limits of the two touch, not overlap.' },
  },
} as const satisfies Record<string, Message>;
