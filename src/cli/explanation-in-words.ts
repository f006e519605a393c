import {
  type Change,
  type ConditionExplained,
  type Explanation,
  type LeafExplained,
  type ValueExplained,
} from '../rules/index.js';

const TRUTH = {
  fires: '成立 holds',
  silent: '不成立 does not hold',
  unknown: '未知 unknown',
};
const KINDS = { all: '全部成立 all of', any: '任一成立 any of', not: '并非 not' };
const READINGS = { suspected: '提示 suggests', unclear: '不能确定 not certain', excluded: '', nothing: '' };
const STEP = '  ';

/** An explanation for a terminal: the tree of conditions, the smallest change, and what was unknown. */
export function explanationInWords({ condition, smallestChange, unknown }: Explanation): string[] {
  return [
    '条件 conditions',
    ...conditionInWords(condition, STEP),
    ...(smallestChange
      ? [
          `最小的改变 the smallest change that would silence it${smallestChange.changes.length > 1 ? ' (同时 all of them)' : ''}`,
          ...smallestChange.changes.flatMap(changeInWords),
          ...(smallestChange.then === 'unknown'
            ? [`${STEP}此后因缺少结果为未知，不再提示 then unknown for want of results, and nothing stands`]
            : []),
        ]
      : []),
    ...(unknown.length > 0 ? ['未知 what was unknown, why, and what would settle it'] : []),
    ...unknown.flatMap(({ name, why, settledBy }) => [
      `${STEP}${name.zh}：${why.zh}；需要${settledBy.zh}`,
      `${STEP}${name.en}: ${why.en}; it takes ${settledBy.en}`,
    ]),
  ];
}

/** A change; below it what was measured would have to be, of which one is enough. */
function changeInWords({ says, inputs }: Change): string[] {
  return [
    `${STEP}${says.zh}`,
    `${STEP}${says.en}`,
    ...(inputs.length > 0
      ? [`${STEP}${STEP}它由下列结果算出，改其中一项即可 computed from these: one of them is enough`]
      : []),
    ...inputs.flatMap((one) => [`${STEP}${STEP}${one.says.zh}`, `${STEP}${STEP}${one.says.en}`]),
  ];
}

function conditionInWords(condition: ConditionExplained, indent: string): string[] {
  if (condition.kind === 'condition') return leafInWords(condition, indent);
  const { kind, truth, parts } = condition;
  const below = parts.flatMap((part) => conditionInWords(part, indent + STEP));
  return [`${indent}${KINDS[kind]}: ${TRUTH[truth]}`, ...below];
}

function leafInWords(leaf: LeafExplained, indent: string): string[] {
  const { says, truth, isAssumed, value, looked, quotes } = leaf;
  const assumed = isAssumed ? ', 按成立处理 taken as if it held' : '';
  return [
    `${indent}${says.zh}: ${TRUTH[truth]}${assumed}`,
    `${indent}${says.en}`,
    ...(value ? valueInWords(value, indent + STEP) : [`${indent}${STEP}没有值 no value`]),
    ...looked.map((one) => `${indent}${STEP}看过 looked at ${lookedInWords(one)}`),
    ...quotes.map(({ phrase, clause, reading, start }) => {
      const place = start === null ? '' : `, 第${start + 1}字 at character ${start + 1}`;
      return `${indent}${STEP}原文 in the text “${phrase}”: ${READINGS[reading]} (${clause}${place})`;
    }),
  ];
}

function valueInWords(
  { name, asSent, converted, unit, source, localTime }: ValueExplained,
  indent: string,
): string[] {
  const compared = converted === null ? '无 none' : `${converted}${unit ? ` ${unit}` : ''}`;
  if (!source) return [`${indent}个人 person    ${name.zh} ${name.en}`];
  return [
    ...(asSent === null ? [] : [`${indent}原值 as sent   ${asSent}`]),
    `${indent}换算 compared  ${compared}`,
    `${indent}时间 time      ${localTime}`,
    `${indent}来源 from      Observation ${source.observationId}${source.component > 0 ? ` component ${source.component}` : ''}, ${source.status}`,
  ];
}

function lookedInWords({ name, asSent, converted, unit, source, localTime, truth }: ValueExplained): string {
  const said = truth === null ? '' : `, ${TRUTH[truth]}`;
  const sent = asSent === null ? '' : `${asSent} → `;
  return `${localTime} ${name.zh} ${sent}${converted ?? '无 none'}${unit ? ` ${unit}` : ''}${said} (Observation ${source?.observationId})`;
}
