import { oneOf } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { type Condition, type Leaf, PERSON_FACTS } from '../rule.js';
import { readOverTime } from './read-over-time.js';
import { OPERATOR_MEANT } from './operator-signs.js';
import { OPERATORS, readThreshold } from './read-threshold.js';
import { asWritten, type FaultList, type SourceNode } from './source-node.js';
import { type Surroundings } from './surroundings.js';

/** A leaf with the place that its faults are reported at. */
export interface PlacedLeaf {
  leaf: Leaf;
  at: SourceNode;
}

/** What a condition on a fact may have. */
export const LEAF_KEYS = ['fact', 'operator', 'value', 'unit', 'params'] as const;
const GROUPINGS = ['all', 'any', 'not'] as const;
/** Deep enough for any rule that a person can still read. */
const DEEPEST = 12;

/** Reads conditions in json-rules-engine's syntax: `all`, `any`, `not`, and leaves. Null, with faults, when unsound. */
export class ConditionReader {
  readonly leaves: PlacedLeaf[] = [];
  /** Where each condition stands, groups and leaves. */
  readonly places = new Map<Condition, SourceNode>();

  constructor(
    private readonly faults: FaultList,
    private readonly around: Surroundings,
  ) {}

  read(node: SourceNode, negated = false, depth = 0): Condition | null {
    const condition = this.#read(node, negated, depth);
    if (condition) this.places.set(condition, node);
    return condition;
  }

  #read(node: SourceNode, negated: boolean, depth: number): Condition | null {
    if (depth > DEEPEST) {
      this.faults.add(node, 'too-deep', { deepest: DEEPEST });
      return null;
    }
    if (node.kind === 'map' && node.members.has('fact')) return this.#leaf(node, negated);
    const members = this.faults.map(node, 'a condition', GROUPINGS);
    if (!members) return null;
    const present = GROUPINGS.filter((grouping) => members[grouping]);
    const [grouping] = present;
    const content = grouping && members[grouping];
    if (!grouping || !content || present.length > 1) {
      this.faults.add(node, 'not-one-condition', { found: [...node.members.keys()].join(', ') });
      return null;
    }
    if (grouping === 'not') {
      const inside = this.read(content, !negated, depth + 1);
      return inside && { not: inside };
    }
    const items = this.faults.list(content, `"${grouping}"`);
    if (items.length === 0) this.faults.add(content, 'empty-group', { found: grouping });
    const parts = items.map((item) => this.read(item, negated, depth + 1));
    if (items.length === 0 || parts.includes(null)) return null;
    return grouping === 'all' ? { all: parts as Condition[] } : { any: parts as Condition[] };
  }

  #leaf(node: SourceNode, negated: boolean): Condition | null {
    const members = this.faults.map(node, 'a condition', LEAF_KEYS);
    if (!members?.fact) return null;
    const fact = this.#fact(members.fact);
    const operator = this.#operator(members.operator, node);
    if (!members.value) this.faults.add(node, 'no-value', { expected: 'value: …' });
    if (fact === null || operator === null || !members.value) return null;
    const { value, unit, params } = members;
    const nodes = { node, fact: members.fact, operator, value, unit, params };
    const isOverTime = params?.kind === 'map' && params.members.has('over');
    const read = isOverTime
      ? readOverTime(nodes, this.around, this.faults)
      : readThreshold(nodes, this.around, this.faults);
    if (!read) return null;
    const leaf: Leaf = {
      index: this.leaves.length,
      fact,
      analytes: this.#analytes(fact),
      operator,
      value: contentForEngine(members.value),
      unit: members.unit ? String(members.unit.value) : null,
      over: null,
      ...read,
      negated,
    };
    this.leaves.push({ leaf, at: node });
    return { leaf };
  }

  #fact(node: SourceNode): string | null {
    const { catalogue } = this.around;
    const name = String(node.value);
    const isKnown =
      node.kind === 'text' &&
      ((PERSON_FACTS as readonly string[]).includes(name) ||
        catalogue.answer(name) ||
        catalogue.get(name) ||
        catalogue.inGroup(name).length > 0);
    if (isKnown) return name;
    this.faults.add(node, 'unknown-fact', noSuchFact(asWritten(node), catalogue));
    return null;
  }

  #operator(node: SourceNode | undefined, leaf: SourceNode): string | null {
    if (node) return this.faults.word(node, 'operator', OPERATORS, OPERATOR_MEANT);
    this.faults.add(leaf, 'no-operator', { expected: 'operator: …' });
    return null;
  }

  #analytes(fact: string): ReadonlySet<string> {
    const { catalogue } = this.around;
    if (catalogue.get(fact)) return new Set([fact]);
    return new Set(catalogue.inGroup(fact));
  }
}

/** People think of a test by its name: the id is the nearest to that, else what is spelled alike. */
export function noSuchFact(found: string, catalogue: AnalyteCatalogue): ReturnType<typeof oneOf> {
  const seen = oneOf(found, [...catalogue.names(), ...PERSON_FACTS]);
  return { ...seen, nearest: catalogue.called(found) ?? seen.nearest };
}

function contentForEngine(node: SourceNode): unknown {
  return node.kind === 'list' ? node.items.map((item) => item.value) : node.value;
}
