import { oneOf } from '../../../kernel/index.js';
import { type Bilingual } from '../catalogue.js';
import {
  type Condition,
  inShort,
  type Population,
  POPULATIONS,
  type Rule,
  type RuleKind,
} from '../rule.js';
import { ConditionReader, type PlacedLeaf } from './read-condition.js';
import { type Surroundings } from './surroundings.js';
import { type Example, readExample } from './read-example.js';
import { readEvent } from './read-event.js';
import { type Head, readOwnHead, readStatus } from './read-head.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';

/** What a file of rules may have. */
export const FILE_KEYS = [
  'kind',
  'title',
  'source',
  'population',
  'review',
  'owner',
  'review-by',
  'note',
  'rules',
] as const;
/** What a rule may have. */
export const RULE_KEYS = [
  'id',
  'title',
  'source',
  'population',
  'review',
  'status',
  'owner',
  'review-by',
  'note',
  'if-on',
  'if-off',
  'conditions',
  'event',
  'examples',
] as const;

const TITLE = 'title: { zh: …, en: … }';

/** A rule with what its checks need: where its leaves stand, and its examples. */
export interface PlacedRule {
  rule: Rule;
  at: SourceNode;
  head: Head;
  leaves: readonly PlacedLeaf[];
  places: ReadonlyMap<Condition, SourceNode>;
  examples: readonly Example[];
  /** Taken out by a switch of the level plan: checked like any other, and in force no more. */
  isOff: boolean;
}

/** What the file says for all its rules. */
interface FileContext {
  pack: string;
  path: string;
  kind: RuleKind;
  source: string;
  population: Population;
  review: 'pending' | null;
  head: Head;
}

/** Stands in for a head with faults, so that the rest of the file is read and its faults are told too. */
const NO_HEAD: Head = { owner: '', reviewBy: '', at: { line: 1, column: 1 } };

/** Reads a file of rules. Rules with faults are left out. */
export function readRuleFile(
  node: SourceNode,
  file: { path: string; pack: string; kind: RuleKind; head: Head | null },
  around: Surroundings,
  faults: FaultList,
): PlacedRule[] {
  const members = faults.map(node, 'a rule file', FILE_KEYS);
  if (!members) return [];
  if (!members.title) faults.add(node, 'no-title', { expected: TITLE });
  else if (members.title.kind !== 'text') readTitle(members.title, node, faults);
  const context: FileContext = {
    ...file,
    source: faults.text(members.source, node, 'source', 'no-source') ?? '',
    population: (members.population && faults.word(members.population, 'population', POPULATIONS)) ?? 'adult',
    review: readReview(members.review, faults),
    head: file.head ?? NO_HEAD,
  };
  if (!members.rules) {
    faults.add(node, 'no-list-of-rules', { expected: 'rules: [ … ]' });
    return [];
  }
  const rules = faults.list(members.rules, 'rules');
  if (members.rules.kind === 'list' && rules.length === 0) faults.add(members.rules, 'empty-rules');
  return rules
    .map((rule) => readRule(rule, context, around, faults))
    .filter((rule) => rule !== null);
}

function readRule(
  node: SourceNode,
  file: FileContext,
  around: Surroundings,
  faults: FaultList,
): PlacedRule | null {
  const members = faults.map(node, 'a rule', RULE_KEYS);
  if (!members) return null;
  const id = readId(members.id, node, faults);
  const title = readTitle(members.title, node, faults);
  const source = (members.source ? faults.text(members.source, node, 'source') : file.source) ?? '';
  const review = members.review ? readReview(members.review, faults) : file.review;
  const status = members.status ? readStatus(members.status, review, faults) : null;
  const head = readOwnHead(node, file.head, faults);
  const population = members.population
    ? faults.word(members.population, 'population', POPULATIONS)
    : file.population;
  const event = readEvent(members.event, node, { kind: file.kind, levels: around.levels ?? null }, faults);
  const reader = new ConditionReader(faults, around);
  const condition = members.conditions ? reader.read(members.conditions) : null;
  if (!members.conditions) faults.add(node, 'no-conditions', { expected: 'conditions: { all: [ … ] }' });
  const examples = readExamples(members.examples, node, around, faults);
  const isOff = readSwitches(members, file.kind, around, faults);
  if (file.kind === 'stratification') refuseOverTime(reader.leaves, faults);
  if (id === null || !title || !population || !event || !condition) return null;
  const rule: Rule = {
    id: `${file.pack}/${id}`,
    pack: file.pack,
    kind: file.kind,
    title,
    source,
    population,
    condition,
    leaves: reader.leaves.map(({ leaf }) => leaf),
    event,
    review,
    status,
    owner: head.owner,
    reviewBy: head.reviewBy,
    file: file.path,
    line: node.line,
  };
  // A level may rest on what is known of the person alone.
  if (file.kind !== 'stratification' && !rule.leaves.some((leaf) => leaf.analytes.size > 0)) {
    faults.add(node, 'looks-at-no-result', { found: id });
    return null;
  }
  return { rule, at: node, head, leaves: reader.leaves, places: reader.places, examples, isOff };
}

/** Whether a switch takes the rule out: `if-on` is in force while the switch is on, `if-off` while it is off. */
function readSwitches(
  members: Partial<Record<'if-on' | 'if-off', SourceNode>>,
  kind: RuleKind,
  { levels }: Surroundings,
  faults: FaultList,
): boolean {
  let isOff = false;
  for (const [key, wanted] of [['if-on', true], ['if-off', false]] as const) {
    const node = members[key];
    if (!node) continue;
    const name = asWritten(node);
    const isOn = levels?.switches.get(name)?.isOn;
    if (kind !== 'stratification') faults.add(node, 'switch-elsewhere', { found: name });
    else if (isOn === undefined) faults.add(node, 'unknown-switch', oneOf(name, [...(levels?.switches.keys() ?? [])]));
    else isOff ||= isOn !== wanted;
  }
  return isOff;
}

/** A level is of the latest values alone. */
function refuseOverTime(leaves: readonly PlacedLeaf[], faults: FaultList): void {
  for (const { leaf, at } of leaves) if (leaf.over) faults.add(at, 'level-over-time', { condition: inShort(leaf) });
}

export function readId(node: SourceNode | undefined, rule: SourceNode, faults: FaultList): string | null {
  const id = faults.text(node, rule, 'id', 'no-id');
  if (id === null || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) return id;
  faults.add(node ?? rule, 'bad-id', { found: id, expected: 'wbc-low' });
  return null;
}

export function readTitle(
  node: SourceNode | undefined,
  owner: SourceNode,
  faults: FaultList,
): Bilingual | null {
  if (!node) {
    faults.add(owner, 'no-title', { expected: TITLE });
    return null;
  }
  const members = faults.map(node, 'title', ['zh', 'en']);
  if (!members) return null;
  const zh = faults.text(members.zh, node, 'title.zh');
  const en = faults.text(members.en, node, 'title.en');
  return zh !== null && en !== null ? { zh, en } : null;
}

function readReview(node: SourceNode | undefined, faults: FaultList): 'pending' | null {
  return node ? faults.word(node, 'review', ['pending']) : null;
}

function readExamples(
  node: SourceNode | undefined,
  rule: SourceNode,
  around: Surroundings,
  faults: FaultList,
): Example[] {
  if (!node || (node.kind === 'list' && node.items.length === 0)) {
    faults.add(node ?? rule, 'no-examples', { expected: 'examples: [ { facts: { … }, expect: … } ]' });
    return [];
  }
  return faults
    .list(node, 'examples')
    .map((item) => readExample(item, around.catalogue, faults))
    .filter((example) => example !== null);
}
