import { DOUBT_REASONS, type DoubtReason, oneOf } from '../../../kernel/index.js';
import { type LevelPlan } from '../level-plan.js';
import { inWords } from '../messages/parts.js';
import {
  CLASSES,
  EVENT_TYPES,
  eventTypesOf,
  type LevelEvent,
  LEVELS,
  NOT_EVALUABLE,
  type RuleEvent,
  type RuleKind,
} from '../rule.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** What calls, asks or counts. */
type Calling = Exclude<RuleEvent, LevelEvent>;

/** The kind of the file, and the plan that levels are given by. */
interface EventSurroundings {
  kind: RuleKind;
  levels: LevelPlan | null;
}

/** What a rule does when it holds. Null, with faults, when that is not said or does not fit the kind of its file. */
export function readEvent(
  node: SourceNode | undefined,
  rule: SourceNode,
  { kind, levels }: EventSurroundings,
  faults: FaultList,
): RuleEvent | null {
  if (!node) {
    const example = kind === 'stratification' ? 'level' : 'notify';
    faults.add(rule, 'no-event', { expected: `event: { type: ${example}, params: { … } }` });
    return null;
  }
  const members = faults.map(node, 'event', ['type', 'params']);
  if (!members) return null;
  const fitting = eventTypesOf(kind);
  if (!members.type) faults.add(node, 'no-event-type', { expected: fitting });
  const type = members.type ? faults.word(members.type, 'event type', EVENT_TYPES) : null;
  if (members.type && type && !fitting.includes(type)) {
    faults.add(members.type, 'event-of-another-kind', { kind, found: type, expected: fitting });
    return null;
  }
  if (!members.params) faults.add(node, 'no-params', { expected: PARAMS[kind === 'stratification' ? 'level' : 'notify'] });
  if (!type || !members.params) return null;
  return type === 'level' ? readLevel(members.params, levels, faults) : readCalling(type, members.params, faults);
}

const PARAMS = {
  notify: 'params: { class: B, advice: { zh: … } }',
  level: 'params: { level: 3, domain: glucose, advice: { zh: … } }',
};

function readLevel(node: SourceNode, plan: LevelPlan | null, faults: FaultList): RuleEvent | null {
  const params = faults.map(node, 'event.params', ['level', 'domain', 'suspected', 'advice']);
  if (!params) return null;
  const level = readLevelOf(params.level, node, faults);
  const domain = readDomain(params.domain, node, plan, faults);
  const advice = readAdvice(params.advice, node, faults);
  const suspicion = readSuspicion(params.suspected, plan, faults);
  if (level === null || domain === null || !advice || !suspicion) return null;
  return { type: 'level', class: null, reason: null, level, domain, ...suspicion, advice };
}

/** `true`, or the id of what repeats of such a value confirm. */
function readSuspicion(
  node: SourceNode | undefined,
  plan: LevelPlan | null,
  faults: FaultList,
): Pick<LevelEvent, 'suspected' | 'repeats'> | null {
  if (!node) return { suspected: false };
  if (typeof node.value === 'boolean') return { suspected: node.value };
  const repeats = plan?.repeats.get(asWritten(node));
  if (repeats) return { suspected: true, repeats };
  const expected = ['true', 'false', ...(plan?.repeats.keys() ?? [])];
  faults.add(node, 'unknown-word', { what: inWords('suspected'), found: asWritten(node), expected });
  return null;
}

function readLevelOf(node: SourceNode | undefined, params: SourceNode, faults: FaultList): LevelEvent['level'] | null {
  const expected = [...LEVELS.map(String), NOT_EVALUABLE];
  if (!node) {
    faults.add(params, 'no-level', { expected });
    return null;
  }
  if (node.value === NOT_EVALUABLE) return NOT_EVALUABLE;
  const level = LEVELS.find((one) => one === node.value);
  if (level === undefined) faults.add(node, 'bad-level', { found: asWritten(node), expected });
  return level ?? null;
}

function readDomain(
  node: SourceNode | undefined,
  params: SourceNode,
  plan: LevelPlan | null,
  faults: FaultList,
): string | null {
  if (!node) {
    faults.add(params, 'no-domain', { expected: 'domain: glucose' });
    return null;
  }
  const name = asWritten(node);
  if (plan === null) {
    faults.add(node, 'no-level-plan');
    return null;
  }
  if (plan.domains.has(name)) return name;
  faults.add(node, 'unknown-domain', oneOf(name, [...plan.domains.keys()]));
  return null;
}

function readCalling(type: Calling['type'], node: SourceNode, faults: FaultList): RuleEvent | null {
  const params = faults.map(node, 'event.params', ['class', 'advice', 'reason']);
  return params && readParams(type, params, node, faults);
}

function readParams(
  type: Calling['type'],
  params: Partial<Record<'class' | 'advice' | 'reason', SourceNode>>,
  node: SourceNode,
  faults: FaultList,
): RuleEvent | null {
  const reason: DoubtReason | null = params.reason
    ? faults.word(params.reason, 'reason', DOUBT_REASONS)
    : null;
  if (params.reason && !reason) return null;
  if (type === 'count') {
    if (!reason) faults.add(node, 'no-reason', { expected: DOUBT_REASONS });
    return reason && { type, class: null, advice: null, reason };
  }
  if (!params.class) faults.add(node, 'no-class', { expected: CLASSES });
  const ruleClass = params.class ? faults.word(params.class, 'class', CLASSES) : null;
  const advice = readAdvice(params.advice, node, faults);
  return ruleClass && advice && { type, class: ruleClass, advice, reason };
}

export function readAdvice(
  node: SourceNode | undefined,
  owner: SourceNode,
  faults: FaultList,
): { zh: string; en?: string } | null {
  if (!node) {
    faults.add(owner, 'no-advice', { expected: 'advice: { zh: … }' });
    return null;
  }
  const members = faults.map(node, 'advice', ['zh', 'en']);
  if (!members) return null;
  const zh = faults.text(members.zh, node, 'advice.zh');
  const en = members.en ? faults.text(members.en, node, 'advice.en') : null;
  return zh === null ? null : { zh, ...(en !== null && { en }) };
}
