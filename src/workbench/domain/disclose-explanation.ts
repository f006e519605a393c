import { all, any, not, type Truth } from '../../kernel/index.js';
import { type ConditionExplained, type Explanation } from '../../rules/index.js';
import { CONFIDENTIAL } from './disclosure.js';

/** That somebody is pregnant is confidential, though the result that it bears on is not. */
const HIDDEN_FACT = 'pregnant';

/**
 * An explanation for the screen: without what only named staff may see, as long as they have not asked for it. Nor is
 * what it can be inferred from shown: the truth of the parts that it decides, and which change would be the smallest.
 */
export function discloseExplanation(explanation: Explanation, isRevealed: boolean): Explanation {
  const { condition, unknown } = explanation;
  const hidden = indexesOf(condition);
  if (isRevealed || hidden.size === 0) return explanation;
  return {
    // That the whole holds, the finding says already.
    condition: { ...withoutHidden(condition), truth: condition.truth },
    smallestChange: null,
    unknown: unknown.filter((one) => !hidden.has(one.condition)),
  };
}

function indexesOf(condition: ConditionExplained): Set<number> {
  if (condition.kind !== 'condition') return new Set(condition.parts.flatMap((part) => [...indexesOf(part)]));
  return new Set(condition.fact === HIDDEN_FACT ? [condition.index] : []);
}

function withoutHidden(condition: ConditionExplained): ConditionExplained {
  if (condition.kind !== 'condition') {
    if (indexesOf(condition).size === 0) return condition;
    const parts = condition.parts.map(withoutHidden);
    return { ...condition, truth: truthOf(condition.kind, parts), parts };
  }
  if (condition.fact !== HIDDEN_FACT) return condition;
  return {
    ...condition,
    name: CONFIDENTIAL,
    says: CONFIDENTIAL,
    truth: 'unknown',
    isAssumed: false,
    value: null,
    looked: [],
  };
}

function truthOf(kind: 'all' | 'any' | 'not', parts: readonly ConditionExplained[]): Truth {
  const truths = parts.map(({ truth }) => truth);
  if (kind === 'not') return not(truths[0] ?? 'unknown');
  return kind === 'all' ? all(truths) : any(truths);
}
