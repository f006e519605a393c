import { type FaultList, type SourceNode } from '../files/source-node.js';
import { listNode, memberOf, textOf, withMembers } from './nodes.js';

export const CHANGE_KEYS = ['limits', 'class', 'level', 'advice', 'examples'] as const;
export const LIMIT_KEYS = ['fact', 'operator', 'value', 'unit'] as const;

type Change = Partial<Record<(typeof CHANGE_KEYS)[number], SourceNode>>;

/**
 * A rule with some of it changed, for the reader of rules to read like any other: limits, class, level, advice, examples. What
 * goes further is written as a whole rule. Null, with faults, when the change does not fit the rule.
 */
export function changeRule(rule: SourceNode, change: SourceNode, faults: FaultList): SourceNode | null {
  const members = faults.map(change, 'a change', CHANGE_KEYS);
  if (!members) return null;
  if (Object.keys(members).length === 0) {
    faults.add(change, 'empty-change', { expected: CHANGE_KEYS });
    return null;
  }
  const conditions = memberOf(rule, 'conditions');
  const limited =
    members.limits && conditions ? withLimits(conditions, members.limits, faults) : (conditions ?? null);
  if (members.limits && !members.examples) {
    faults.add(members.limits, 'limits-need-examples', { expected: 'examples: [ … ]' });
    return null;
  }
  if (!limited) return null;
  return withMembers(rule, {
    conditions: limited,
    event: withEvent(rule, members),
    ...(members.examples && { examples: members.examples }),
  });
}

function withEvent(rule: SourceNode, members: Change): SourceNode | null {
  const event = memberOf(rule, 'event');
  const params = event && memberOf(event, 'params');
  if (!event || !params) return event ?? null;
  return withMembers(event, {
    params: withMembers(params, {
      ...(members.class && { class: members.class }),
      ...(members.level && { level: members.level }),
      ...(members.advice && { advice: members.advice }),
    }),
  });
}

/** One limit as the change names it. */
interface Limit {
  at: SourceNode;
  fact: string;
  operator: string | null;
  value: SourceNode;
  unit: SourceNode | undefined;
}

function withLimits(conditions: SourceNode, limits: SourceNode, faults: FaultList): SourceNode | null {
  const changes = new Map<SourceNode, Limit>();
  let isSound = true;
  for (const item of faults.list(limits, 'limits')) {
    const limit = readLimit(item, faults);
    const leaf = limit && theLeaf(conditions, limit, faults);
    if (leaf && changes.has(leaf)) faults.add(item, 'doubled-limit', { found: limit.fact });
    if (leaf && !changes.has(leaf)) changes.set(leaf, limit);
    else isSound = false;
  }
  return isSound ? replaced(conditions, changes) : null;
}

function readLimit(at: SourceNode, faults: FaultList): Limit | null {
  const members = faults.map(at, 'a limit', LIMIT_KEYS);
  if (!members) return null;
  const fact = faults.text(members.fact, at, 'fact');
  const operator = members.operator ? faults.text(members.operator, at, 'operator') : null;
  if (!members.value) faults.add(at, 'missing', { what: 'value' });
  if (fact === null || !members.value) return null;
  return { at, fact, operator, value: members.value, unit: members.unit };
}

/** The one condition that a limit speaks of. Its unit is written again, so that a number never changes its meaning. */
function theLeaf(conditions: SourceNode, { at, fact, operator, unit }: Limit, faults: FaultList): SourceNode | null {
  const all = leavesOf(conditions);
  const of = all.filter((leaf) => textOf(leaf, 'fact') === fact);
  const found = operator === null ? of : of.filter((leaf) => textOf(leaf, 'operator') === operator);
  const [leaf] = found;
  if (!leaf) {
    const names = [...new Set(all.map((one) => `${textOf(one, 'fact')} ${textOf(one, 'operator')}`))];
    faults.add(at, 'no-such-limit', { found: operator === null ? fact : `${fact} ${operator}`, expected: names });
    return null;
  }
  if (found.length > 1) {
    faults.add(at, 'ambiguous-limit', { found: fact, count: found.length, expected: found.map((one) => textOf(one, 'operator') ?? '') });
    return null;
  }
  const params = memberOf(leaf, 'params');
  if (params && memberOf(params, 'over')) {
    faults.add(at, 'limit-over-time', { found: fact });
    return null;
  }
  if (memberOf(leaf, 'unit') && !unit) {
    faults.add(at, 'limit-without-unit', { expected: `unit: ${textOf(leaf, 'unit')}` });
    return null;
  }
  return leaf;
}

function leavesOf(node: SourceNode): SourceNode[] {
  if (node.kind === 'list') return node.items.flatMap(leavesOf);
  if (node.members.has('fact')) return [node];
  return [...node.members.values()].flatMap(({ value }) => leavesOf(value));
}

/** The tree with some of its leaves changed. */
function replaced(node: SourceNode, changes: ReadonlyMap<SourceNode, Limit>): SourceNode {
  const change = changes.get(node);
  if (change) return withMembers(node, { value: change.value, ...(change.unit && { unit: change.unit }) });
  if (node.kind === 'list') return listNode(node.items.map((item) => replaced(item, changes)), node);
  const members = [...node.members].map(([name, { value }]) => [name, replaced(value, changes)] as const);
  return withMembers(node, Object.fromEntries(members));
}
