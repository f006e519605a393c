import { TIME_UNITS } from '../files/read-window.js';
import { type SourceNode } from '../files/source-node.js';
import { type Edit, putting } from './edit.js';
import { edited, renumbered, reworded } from './node-edit.js';
import { neighbours } from './step.js';

/** Ways of looking back that are taken for each other: they differ in the direction alone. */
const TURNED: Record<string, string> = { rise: 'fall', fall: 'rise' };
const OTHER_MEASURE: Record<string, string> = { points: 'percent', percent: 'points' };

/** Every change to how a condition looks back: its window, its number of visits, its direction, or that it does at all. */
export function overTimeEdits(leaf: SourceNode, params: SourceNode): Edit[] {
  const [over, within, visits, as] = ['over', 'within', 'visits', 'as'].map((key) => params.members.get(key)?.value);
  if (!over) return [];
  const turned = TURNED[String(over.value)];
  const measure = OTHER_MEASURE[String(as?.value)];
  return [
    withoutParams(leaf, over, 'over'),
    ...(turned ? [putting('turned', over, reworded(over, turned), { zh: 'over', en: 'over' })] : []),
    ...(within ? windowEdits(within) : []),
    ...(visits ? visitEdits(visits) : []),
    ...(as && measure ? [putting('unit', as, reworded(as, measure), { zh: 'as', en: 'as' })] : []),
  ];
}

/** 90 d → 89 d, 91 d, and the same number of every other unit of time. */
function windowEdits(within: SourceNode): Edit[] {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(String(within.value)) ?? [];
  if (amount === undefined || unit === undefined) return [];
  const name = { zh: '时间窗', en: 'window' };
  const amounts = neighbours(amount).map((other) => putting('limit', within, reworded(within, `${other} ${unit}`), name));
  const units = Object.keys(TIME_UNITS)
    .filter((other) => other !== unit)
    .map((other) => putting('unit', within, reworded(within, `${amount} ${other}`), name));
  return [...amounts, ...units];
}

function visitEdits(visits: SourceNode): Edit[] {
  return neighbours(visits.digits).map((digits) =>
    putting('limit', visits, renumbered(visits, digits), { zh: '次数', en: 'visits' }),
  );
}

/** The params forgotten: a condition on the present value alone, or on whatever is not known too. */
export function withoutParams(leaf: SourceNode, place: SourceNode, key: 'over' | 'known'): Edit {
  const members = new Map([...leaf.members].filter(([name]) => name !== 'params'));
  const said = `${key}: ${String(place.value)}`;
  return {
    kind: 'dropped',
    place,
    what: { zh: `去掉 ${said}`, en: `${said} dropped` },
    apply: (conditions) => edited(conditions, leaf, { ...leaf, members }),
  };
}
