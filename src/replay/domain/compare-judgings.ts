import { type FindingDraft } from '../../assessment/domain/finding.js';

/** What a version of the rules says should stand for one result. */
export interface Judged {
  observationId: string;
  draft: FindingDraft;
}

/** A finding, or a review that a doctor decides, with its class. */
export interface Stands {
  kind: FindingDraft['kind'];
  class: FindingDraft['urgency'];
}

/** One finding that the draft would give, take away, or give otherwise. */
export interface Change {
  rule: string;
  observationId: string;
  component: number;
  /** Null: it does not stand under the rules in force. */
  from: Stands | null;
  /** Null: it would not stand under the draft. */
  to: Stands | null;
}

/** What differs between two judgings of the same results, in the order of rules and results. */
export function compareJudgings(inForce: readonly Judged[], draft: readonly Judged[]): Change[] {
  const before = byKey(inForce);
  const after = byKey(draft);
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const [from, to] = [was ? stands(was) : null, is ? stands(is) : null];
    if (from?.kind === to?.kind && from?.class === to?.class) return [];
    const { observationId, draft: one } = (was ?? is)!;
    return { rule: one.ruleId, observationId, component: one.component, from, to };
  });
}

function stands({ draft }: Judged): Stands {
  return { kind: draft.kind, class: draft.urgency };
}

function byKey(judged: readonly Judged[]): Map<string, Judged> {
  return new Map(
    judged.map((one) => [`${one.draft.ruleId} ${one.observationId} ${one.draft.component}`, one]),
  );
}
