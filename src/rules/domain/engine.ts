import { type DynamicFactCallback, Engine, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import { type Facts } from '../../kernel/index.js';
import { compileLeaf, type LeafScreen } from './leaf.js';
import { type Condition, type Leaf, type Rule } from './rule.js';
import { FIRES } from './verdict.js';

/** What the engine hands to an operator: the leaf it stands at, and the facts. */
interface Seen {
  leaf: LeafScreen;
  facts: Facts;
}

type Node = { all: Node[] } | { any: Node[] } | EngineLeaf;
interface EngineLeaf {
  fact: string;
  operator: string;
  value: unknown;
  params: { leaf: number };
  result?: boolean;
}

/** What json-rules-engine says of a rule: whether it holds, and which leaves held. */
export interface EngineVerdict {
  fires: boolean;
  /** Truth of each leaf by its index. */
  held: ReadonlyMap<number, boolean>;
}

/**
 * json-rules-engine on one rule, with operators of our own that know units, intervals and ordinals.
 * The engine is two-valued: an unknown leaf must not hold whether it stands under `not` or not, so `not` is carried down
 * to the leaves first. Engines are reused, never shared by two runs at once (a run that ends stops the other).
 */
export class RuleEngine {
  readonly #idle: Engine[] = [];
  readonly #leaves: readonly LeafScreen[];

  constructor(private readonly rule: Rule) {
    this.#leaves = rule.leaves.map((leaf) => compileLeaf(leaf, rule.kind));
  }

  async run(facts: Facts): Promise<EngineVerdict> {
    const engine = this.#idle.pop() ?? this.#build();
    const { results, failureResults } = await engine.run({ [FACTS]: facts });
    this.#idle.push(engine);
    const result = results[0] ?? failureResults[0];
    if (!result) throw new Error(`json-rules-engine gave no result for ${this.rule.id}`);
    return { fires: results.length > 0, held: heldLeaves(result) };
  }

  #build(): Engine {
    const engine = new Engine([], { allowUndefinedFacts: true });
    const seen: DynamicFactCallback<Promise<Seen>> = async (params, almanac) => ({
      leaf: this.#leaves[(params as EngineLeaf['params']).leaf] as LeafScreen,
      facts: await almanac.factValue<Facts>(FACTS),
    });
    for (const leaf of this.rule.leaves) {
      engine.addOperator(operatorOf(leaf), (seen: Seen) => seen.leaf(seen.facts) === FIRES);
      engine.addFact(leaf.fact, seen, { cache: false });
    }
    engine.addRule({
      name: this.rule.id,
      conditions: topLevel(engineNode(this.rule.condition, false)),
      event: { type: this.rule.event.type },
    });
    return engine;
  }
}

/** The whole of the facts travels under this name; rule files cannot name it (see the fact check). */
const FACTS = '$facts';

function operatorOf(leaf: Leaf): string {
  return leaf.negated ? `not ${leaf.operator}` : leaf.operator;
}

function engineNode(condition: Condition, negated: boolean): Node {
  if ('not' in condition) return engineNode(condition.not, !negated);
  if ('leaf' in condition) {
    const { leaf } = condition;
    return { fact: leaf.fact, operator: operatorOf(leaf), value: leaf.value, params: { leaf: leaf.index } };
  }
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => engineNode(part, negated));
  return isAll !== negated ? { all: parts } : { any: parts };
}

function topLevel(node: Node): TopLevelCondition {
  return ('fact' in node ? { all: [node] } : node);
}

function heldLeaves(result: RuleResult): Map<number, boolean> {
  const held = new Map<number, boolean>();
  const visit = (node: Node): void => {
    if ('all' in node) node.all.forEach(visit);
    else if ('any' in node) node.any.forEach(visit);
    else held.set(node.params.leaf, node.result === true);
  };
  visit(result.conditions as unknown as Node);
  return held;
}
