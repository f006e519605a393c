import { RISK_MODELS } from '../risk-models/index.js';
import { type WhatIfShown } from '../workbench/index.js';

/** What would lower a level and the risks, line by line. */
export function whatIfInWords({ changes, ldlTarget, risks, level }: WhatIfShown): string[] {
  const isOpen = level.code === '5' || level.code === 'unknown';
  return [
    '如果 what if:',
    ...changes.map(
      ({ name, from, to, unit, level: then }) =>
        `  ${name.zh} ${name.en}: ${from} → ${to} ${unit}, 等级 level ${then.text}`,
    ),
    ...(changes.length === 0 && !isOpen
      ? ['  没有一项单独的变化能降低等级 no single change lowers the level']
      : []),
    ...(ldlTarget
      ? [`  ${ldlTarget.name.zh} ${ldlTarget.name.en}: 达标 on target ${ldlTarget.to} ${ldlTarget.unit}`]
      : []),
    ...risks.map(({ name, model, before, after, unit }) => {
      const title = RISK_MODELS.find(({ id }) => id === model)?.title;
      const said = unit === '1' ? '' : ` ${unit}`;
      return `  ${name.zh} ${name.en}: ${title?.zh ?? model} ${title?.en ?? ''} ${before.value} → ${after.value}${said}`;
    }),
  ];
}
