import { type LeafEvidence, type RuleClass } from '../rule.js';
import { type ExpectedFinding, type FindingTruth } from './case.js';

/** A finding that a case came to. */
export interface FoundFinding {
  /** Full name of the rule. */
  rule: string;
  truth: FindingTruth;
  /** Time of the result that it belongs to. */
  at: Date;
  /** The same as the file of the case has it. */
  written: string;
  class: RuleClass | null;
  /** What a nurse could say. */
  sentence: string;
  /** Why: what each condition saw. */
  evidence: readonly LeafEvidence[];
}

/** What a case expects and what came of it do not agree. */
export interface Disagreement {
  missing: readonly ExpectedFinding[];
  unexpected: readonly FoundFinding[];
}

/** Each expected finding takes one that fits it; those that name a time choose first. */
export function compareFindings(
  expected: readonly ExpectedFinding[],
  found: readonly FoundFinding[],
): Disagreement {
  const left = [...found];
  const choosing = [...expected].sort((a, b) => Number(b.at !== null) - Number(a.at !== null));
  const missing = choosing.filter((one) => {
    const at = left.findIndex((finding) => fits(one, finding));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return { missing, unexpected: left };
}

function fits(expected: ExpectedFinding, found: FoundFinding): boolean {
  const { at } = expected;
  return (
    expected.rule === found.rule &&
    expected.truth === found.truth &&
    (expected.class === null || expected.class === found.class) &&
    (at === null || (found.at >= at.from && found.at <= at.to))
  );
}
