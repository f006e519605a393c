import { all, any, not, type Truth } from '../../../kernel/index.js';
import { type Condition, type Leaf } from '../rule.js';
import { FIRES, SILENT, truthOf, type Verdict } from '../verdict.js';
import { type ConditionExplained, type LeafExplained } from './explanation.js';

/** The verdict of a whole condition from those of its leaves, in which every `not` is included (see `compileScreen`). */
export function verdictOfTree(condition: Condition, of: (leaf: Leaf) => Verdict, negated = false): Verdict {
  if ('leaf' in condition) return of(condition.leaf);
  if ('not' in condition) return verdictOfTree(condition.not, of, !negated);
  const isAll = 'all' in condition;
  const verdicts = (isAll ? condition.all : condition.any).map((part) => verdictOfTree(part, of, negated));
  return isAll !== negated
    ? verdicts.reduce((a, b) => (a < b ? a : b), FIRES as Verdict)
    : verdicts.reduce((a, b) => (a > b ? a : b), SILENT as Verdict);
}

/** What a leaf says as it is written, from its verdict, in which every `not` before it is included. */
export function truthAsWritten({ negated }: Leaf, verdict: Verdict): Truth {
  return negated ? not(truthOf(verdict)) : truthOf(verdict);
}

interface Telling {
  /** What a leaf counts for in the whole: an unknown fact of the person counts as it was taken. */
  verdict: (leaf: Leaf) => Verdict;
  explained: (leaf: Leaf) => LeafExplained;
}

/** The condition as the rule writes it, each part with its truth. */
export function explainedTree(condition: Condition, telling: Telling): ConditionExplained {
  return explainedPart(condition, telling).part;
}

function explainedPart(condition: Condition, telling: Telling): { part: ConditionExplained; counts: Truth } {
  if ('leaf' in condition) {
    const { leaf } = condition;
    return { part: telling.explained(leaf), counts: truthAsWritten(leaf, telling.verdict(leaf)) };
  }
  const kind = 'not' in condition ? 'not' : 'all' in condition ? 'all' : 'any';
  const written = 'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any;
  const told = written.map((one) => explainedPart(one, telling));
  const truths = told.map(({ counts }) => counts);
  const truth = kind === 'all' ? all(truths) : kind === 'any' ? any(truths) : not(truths[0] ?? 'unknown');
  return { part: { kind, truth, parts: told.map(({ part }) => part) }, counts: truth };
}
