import { type Facts } from '../../kernel/index.js';
import { compileLeaf } from './leaf.js';
import { type Condition, type RuleKind } from './rule.js';
import { FIRES, SILENT, type Verdict } from './verdict.js';

/** A whole condition made ready: three-valued, without garbage, what decides whether the engine is asked at all. */
export type Screen = (facts: Facts) => Verdict;

/** `not` is carried down to the leaves (De Morgan), so that every node is a minimum or a maximum. */
export function compileScreen(condition: Condition, kind: RuleKind, negated = false): Screen {
  if ('leaf' in condition) return compileLeaf(condition.leaf, kind);
  if ('not' in condition) return compileScreen(condition.not, kind, !negated);
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => compileScreen(part, kind, negated));
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return isAll !== negated ? weakest(parts) : strongest(parts);
}

function weakest(parts: readonly Screen[]): Screen {
  return (facts) => {
    let verdict: Verdict = FIRES;
    for (const part of parts) {
      const next = part(facts);
      if (next === SILENT) return SILENT;
      if (next < verdict) verdict = next;
    }
    return verdict;
  };
}

function strongest(parts: readonly Screen[]): Screen {
  return (facts) => {
    let verdict: Verdict = SILENT;
    for (const part of parts) {
      const next = part(facts);
      if (next === FIRES) return FIRES;
      if (next > verdict) verdict = next;
    }
    return verdict;
  };
}
