import { type CatalogueAnalyte } from '../catalogue.js';
import { type Comparison, COMPARISONS } from '../compare.js';
import { type Over, type OverKind, OVERS, type When } from '../over.js';
import { type Surroundings } from './surroundings.js';
import { inWords, type Part } from '../messages/parts.js';
import { readWindow, TIME_UNITS } from './read-window.js';
import { OPERATOR_MEANT } from './operator-signs.js';
import { type LeafNodes, OPERATORS, type ReadThreshold, readLimit, readThreshold } from './read-threshold.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** A condition over time as read: how it looks back, and what it compares with. */
export type ReadOverTime = ReadThreshold & { over: Over };

/** What `params` may hold for each way of looking back, and what it must. */
export const OVER_PARAMS: Record<OverKind, { may: readonly TimeKey[]; must: readonly TimeKey[] }> = {
  latest: { may: ['within'], must: ['within'] },
  previous: { may: ['within'], must: [] },
  change: { may: ['within', 'as'], must: [] },
  rise: { may: ['within', 'as'], must: ['within'] },
  fall: { may: ['within', 'as'], must: ['within'] },
  rate: { may: ['within'], must: ['within'] },
  count: { may: ['visits', 'when'], must: ['visits', 'when'] },
  confirmed: { may: ['within'], must: ['within'] },
  'ever-before': { may: ['within'], must: [] },
};
const TIME_KEYS = ['within', 'as', 'visits', 'when'] as const;
export type TimeKey = (typeof TIME_KEYS)[number];
type Params = Partial<Record<TimeKey, SourceNode>>;

/** More visits than anybody has results of would only be a mistyped number. */
const MOST_VISITS = 100;

/** Reads a condition that has `params.over`. Null, with faults, when something does not fit. */
export function readOverTime(leaf: LeafNodes, around: Surroundings, faults: FaultList): ReadOverTime | null {
  const node = leaf.params as SourceNode;
  const overNode = node.members.get('over')?.value as SourceNode;
  const kind = faults.word(overNode, 'over', OVERS);
  if (!kind) return null;
  const fact = String(leaf.fact.value);
  const { catalogue } = around;
  if (!catalogue.get(fact) && catalogue.inGroup(fact).length === 0) {
    faults.add(overNode, 'over-no-results', { over: kind, fact });
    return null;
  }
  const params = timeParams(node, kind, faults);
  if (!params) return null;
  const rest = withoutTime(leaf);
  switch (kind) {
    case 'latest':
    case 'previous':
    case 'confirmed':
    case 'ever-before':
      return valueOverTime(kind, rest, params, around, faults);
    case 'change':
    case 'rise':
    case 'fall':
    case 'rate':
      return movement(kind, rest, params, around, faults);
    case 'count':
      return count(rest, params, around, faults);
  }
}

function timeParams(node: SourceNode, kind: OverKind, faults: FaultList): Params | null {
  const { may, must } = OVER_PARAMS[kind];
  const found: Params = {};
  let isSound = true;
  for (const key of TIME_KEYS) {
    const member = node.members.get(key);
    if (member && !may.includes(key)) {
      faults.add(member.key, 'over-idle', { over: kind, found: key, expected: may });
      isSound = false;
    }
    if (!member && must.includes(key)) {
      faults.add(node, 'over-lacks', { over: kind, key, expected: EXAMPLE_OF[key] });
      isSound = false;
    }
    found[key] = member?.value;
  }
  return isSound ? found : null;
}

const EXAMPLE_OF: Record<TimeKey, string> = {
  within: 'within: 90 d',
  as: 'as: percent',
  visits: 'visits: 3',
  when: 'when: { operator: greaterThanInclusive, value: 7.0, unit: mmol/L }',
};

/** The condition as it would be without time: its own params (grade, categories) alone. */
function withoutTime(leaf: LeafNodes): LeafNodes {
  const node = leaf.params as SourceNode;
  const members = new Map([...node.members].filter(([key]) => key !== 'over' && !isTimeKey(key)));
  return { ...leaf, params: members.size > 0 ? { ...node, members } : undefined };
}

function isTimeKey(key: string): boolean {
  return (TIME_KEYS as readonly string[]).includes(key);
}

function valueOverTime(
  kind: 'latest' | 'previous' | 'confirmed' | 'ever-before',
  leaf: LeafNodes,
  params: Params,
  around: Surroundings,
  faults: FaultList,
): ReadOverTime | null {
  const read = readThreshold(leaf, around, faults);
  const window = params.within ? readWindow(params.within, faults) : null;
  if (!read || (params.within && !window)) return null;
  if (kind === 'previous' || kind === 'ever-before') return { ...read, over: { kind, window } };
  return window && { ...read, over: { kind, window } };
}

type MovementKind = 'change' | 'rise' | 'fall' | 'rate';

function movement(
  kind: MovementKind,
  leaf: LeafNodes,
  params: Params,
  around: Surroundings,
  faults: FaultList,
): ReadOverTime | null {
  const analyte = around.catalogue.get(String(leaf.fact.value));
  if (analyte?.kind !== 'number') {
    faults.add(leaf.fact, 'over-no-number', { over: kind, fact: asWritten(leaf.fact) });
    return null;
  }
  const operators: readonly string[] = COMPARISONS;
  if (!operators.includes(leaf.operator)) {
    const nature = { zh: `${kind}，是数值`, en: `a number by "over: ${kind}"` };
    faults.add(leaf.node, 'operator-unfit', { fact: analyte.id, nature, found: leaf.operator, expected: operators });
    return null;
  }
  const window = params.within ? readWindow(params.within, faults) : null;
  if (params.within && !window) return null;
  const floor = analyte.lowest;
  if (kind === 'rate') return window && rate(leaf, analyte, { kind, window, floor }, around, faults);
  const relative = isRelative(leaf, params.as, analyte, faults);
  if (relative === null) return null;
  const read = relative ? percent(leaf, faults) : readThreshold(leaf, around, faults);
  if (!read) return null;
  if (kind === 'change') return { ...read, over: { kind, window, relative, floor } };
  return window && { ...read, over: { kind, window, relative, floor } };
}

/** `unit: '%'` is percent of the earlier value; where the analyte is itself in percent, the file must say which is meant. */
function isRelative(
  leaf: LeafNodes,
  as: SourceNode | undefined,
  analyte: CatalogueAnalyte,
  faults: FaultList,
): boolean | null {
  const isPercent = leaf.unit?.value === '%';
  const word = as ? faults.word(as, 'as', ['points', 'percent']) : null;
  if (as && !word) return null;
  if (!isPercent) {
    if (word !== 'percent') return false;
    faults.add(leaf.unit ?? leaf.node, 'percent-needs-unit', { expected: "unit: '%'" });
    return null;
  }
  if (analyte.unit !== '%' && word === 'points') {
    faults.add(as as SourceNode, 'no-points', { fact: analyte.id });
    return null;
  }
  if (analyte.unit === '%' && !word) {
    faults.add(leaf.unit as SourceNode, 'points-or-percent', { fact: analyte.id, expected: 'as: points, as: percent' });
    return null;
  }
  return word !== 'points';
}

function percent(leaf: LeafNodes, faults: FaultList): ReadThreshold | null {
  const written = readLimit(leaf.value, asWritten(leaf.fact), '25', faults);
  return written === null
    ? null
    : { threshold: { kind: 'number', comparison: leaf.operator as Comparison, limit: written }, written };
}

/** `g/L/d`: the last part is the time, the rest a unit of the analyte. */
function rate(
  leaf: LeafNodes,
  analyte: CatalogueAnalyte,
  over: Omit<Over & { kind: 'rate' }, 'per'>,
  around: Surroundings,
  faults: FaultList,
): ReadOverTime | null {
  const written = String(leaf.unit?.value ?? '');
  const [, unit, time] = /^(.+)\/([a-z]+)$/.exec(written) ?? [];
  const ms = time === undefined ? undefined : TIME_UNITS[time];
  if (unit === undefined || time === undefined || ms === undefined) {
    const seen = { found: leaf.unit ? asWritten(leaf.unit) : '', expected: `unit: ${analyte.unit ?? '1'}/d` };
    faults.add(leaf.unit ?? leaf.node, 'bad-rate-unit', { fact: analyte.id, ...seen });
    return null;
  }
  const amount = { ...(leaf.unit as SourceNode), value: unit, digits: unit };
  const read = readThreshold({ ...leaf, unit: amount }, around, faults);
  return read && { ...read, over: { ...over, per: { written: time, ms } } };
}

function count(leaf: LeafNodes, params: Params, around: Surroundings, faults: FaultList): ReadOverTime | null {
  const when = params.when && readWhen(leaf, params.when, around, faults);
  const visits = params.visits && wholeNumber(params.visits, 'visits', faults);
  const written = wholeNumber(leaf.value, 'a count', faults);
  const operators: readonly string[] = COMPARISONS;
  if (!operators.includes(leaf.operator)) {
    const seen = { found: leaf.operator, expected: operators };
    faults.add(leaf.node, 'operator-unfit', { fact: asWritten(leaf.fact), nature: { zh: '次数', en: 'a count' }, ...seen });
    return null;
  }
  if (leaf.unit && leaf.unit.value !== '1') {
    faults.add(leaf.unit, 'count-with-unit', { found: asWritten(leaf.unit) });
    return null;
  }
  if (!when || !visits || written === null || written === undefined) return null;
  if (visits < 1 || visits > MOST_VISITS || written > visits) {
    const node = visits < 1 || visits > MOST_VISITS ? params.visits : leaf.value;
    faults.add(node as SourceNode, 'impossible-count', { count: written, visits, most: MOST_VISITS });
    return null;
  }
  const comparison = leaf.operator as Comparison;
  const threshold = { kind: 'number', comparison, limit: String(written) } as const;
  return { threshold, written: String(written), over: { kind: 'count', visits, when } };
}

/** What is counted: a condition on the same fact, without the fact. */
function readWhen(leaf: LeafNodes, node: SourceNode, around: Surroundings, faults: FaultList): When | null {
  const members = faults.map(node, 'when', ['operator', 'value', 'unit', 'params']);
  if (!members) return null;
  const operator = members.operator ? faults.word(members.operator, 'operator', OPERATORS, OPERATOR_MEANT) : null;
  if (!members.operator || !members.value) {
    faults.add(node, 'when-lacks', { expected: EXAMPLE_OF.when });
    return null;
  }
  if (!operator) return null;
  const { value, unit, params } = members;
  const read = readThreshold({ node, fact: leaf.fact, operator, value, unit, params }, around, faults);
  return read && { operator, unit: unit ? String(unit.value) : null, ...read };
}

function wholeNumber(node: SourceNode, what: Part, faults: FaultList): number | null {
  if (node.kind === 'number' && /^(0|[1-9]\d{0,3})$/.test(node.digits)) return Number(node.digits);
  faults.add(node, 'not-whole', { what: inWords(what), found: asWritten(node), expected: '3' });
  return null;
}
