import { type Disposition } from './dispose.js';
import { type Finding, type FindingDraft } from './finding.js';

export interface Settled {
  added: Finding[];
  changed: Finding[];
}

/** What settling needs from outside: time, ids and the policy's word on whom to ring. */
export interface Settling {
  now: Date;
  personId: string | null;
  ruleSetVersion: string;
  newId: () => string;
  dispose: (draft: FindingDraft, identifiedAt: Date) => Disposition;
}

/**
 * Brings the findings of one result to what judging says: new ones are added, those that no longer hold are retracted,
 * those that hold again stand again. What a person was told and no longer holds so becomes a correction that is due.
 */
export function settleFindings(
  observationId: string,
  existing: readonly Finding[],
  drafts: readonly FindingDraft[],
  settling: Settling,
): Settled {
  const before = new Map(existing.map((finding) => [keyOf(finding), finding]));
  const added: Finding[] = [];
  const changed: Finding[] = [];
  for (const draft of drafts) {
    const known = before.get(keyOf(draft));
    before.delete(keyOf(draft));
    if (!known) added.push(identify(observationId, draft, settling));
    else if (differs(known, draft, settling)) changed.push(renew(known, draft, settling));
  }
  for (const gone of before.values()) {
    if (gone.status !== 'retracted')
      changed.push(withCorrection({ ...gone, status: 'retracted', updatedAt: settling.now }));
  }
  return { added, changed };
}

function identify(observationId: string, draft: FindingDraft, settling: Settling): Finding {
  return {
    ...draft,
    ...settling.dispose(draft, settling.now),
    id: settling.newId(),
    personId: settling.personId,
    observationId,
    ruleSetVersion: settling.ruleSetVersion,
    identifiedAt: settling.now,
    updatedAt: settling.now,
    toldAt: null,
    toldAs: null,
    correction: 'none',
    decidedAt: null,
  };
}

/** A finding that fires anew (it was retracted, or waited for the doctor) starts its clock anew; one that merely changes keeps it. */
function renew(known: Finding, draft: FindingDraft, settling: Settling): Finding {
  const isNew =
    known.status === 'retracted' || known.kind !== draft.kind || known.personId !== settling.personId;
  const identifiedAt = isNew ? settling.now : known.identifiedAt;
  const isOtherQuestion = isNew || known.toldValue !== draft.toldValue;
  return withCorrection({
    ...known,
    ...draft,
    ...settling.dispose(draft, identifiedAt),
    personId: settling.personId,
    ruleSetVersion: settling.ruleSetVersion,
    identifiedAt,
    updatedAt: settling.now,
    decidedAt: isOtherQuestion ? null : known.decidedAt,
  });
}

/** A person who was told is told again when what they heard is not what stands; back at what they heard, nothing is due. */
function withCorrection(finding: Finding): Finding {
  if (!finding.toldAs) return finding;
  const stands =
    finding.status !== 'retracted' &&
    finding.kind === 'finding' &&
    finding.toldAs.value === finding.toldValue;
  return { ...finding, correction: stands ? 'none' : 'due' };
}

function differs(known: Finding, draft: FindingDraft, { personId, dispose }: Settling): boolean {
  const { disposition, reason } = dispose(draft, known.identifiedAt);
  return (
    known.disposition !== disposition ||
    known.reason !== reason ||
    known.status !== draft.status ||
    known.kind !== draft.kind ||
    known.urgency !== draft.urgency ||
    known.toldValue !== draft.toldValue ||
    known.personId !== personId ||
    JSON.stringify(known.evidence) !== JSON.stringify(draft.evidence)
  );
}

function keyOf({ ruleId, component }: { ruleId: string; component: number }): string {
  return `${component} ${ruleId}`;
}
