import { type Change, type ConditionExplained, type Explanation } from '../../rules/index.js';
import { CONFIDENTIAL } from './disclosure.js';

/** That somebody is pregnant is confidential, though the result that it bears on is not. */
const HIDDEN_FACT = 'pregnant';

/** An explanation for the screen: without what only named staff may see, as long as they have not asked for it. */
export function discloseExplanation(explanation: Explanation, isRevealed: boolean): Explanation {
  if (isRevealed) return explanation;
  const { condition, smallestChange, unknown } = explanation;
  const hidden = indexesOf(condition);
  return {
    condition: withoutHidden(condition),
    smallestChange: smallestChange && {
      ...smallestChange,
      changes: smallestChange.changes.map((change) =>
        change.conditions.some((index) => hidden.has(index)) ? hiddenChange(change) : change,
      ),
    },
    unknown: unknown.filter((one) => !hidden.has(one.condition)),
  };
}

function indexesOf(condition: ConditionExplained): Set<number> {
  if (condition.kind !== 'condition') return new Set(condition.parts.flatMap((part) => [...indexesOf(part)]));
  return new Set(condition.fact === HIDDEN_FACT ? [condition.index] : []);
}

function withoutHidden(condition: ConditionExplained): ConditionExplained {
  if (condition.kind !== 'condition') return { ...condition, parts: condition.parts.map(withoutHidden) };
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

function hiddenChange(change: Change): Change {
  return { ...change, name: CONFIDENTIAL, from: null, to: null, says: CONFIDENTIAL };
}
