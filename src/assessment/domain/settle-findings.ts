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
  const left = new Set(existing);
  const added: Finding[] = [];
  const changed: Finding[] = [];
  for (const draft of drafts) {
    const known = knownAs(draft, existing, settling.personId);
    if (!known) {
      added.push(identify(observationId, draft, settling));
      continue;
    }
    left.delete(known);
    if (differs(known, draft, settling)) changed.push(renew(known, draft, settling));
  }
  for (const gone of left) {
    const after = retract(gone, settling);
    if (after) changed.push(after);
  }
  return { added, changed };
}

/**
 * The finding that a draft speaks of: the person's own, or one that waited for its person. A result that turns out to be
 * another person's makes a new finding there: that person has been told nothing, and the first one has to be corrected.
 */
function knownAs(
  { ruleId, component }: FindingDraft,
  existing: readonly Finding[],
  personId: string | null,
): Finding | undefined {
  const same = existing.filter((one) => one.ruleId === ruleId && one.component === component);
  return same.find((one) => one.personId === personId) ?? same.find((one) => one.personId === null);
}

/** Null when nothing changes. Whom a correction goes to may change later: the person may have died since. */
function retract(gone: Finding, settling: Settling): Finding | null {
  const isTheirs = gone.personId === settling.personId;
  const { disposition, reason } = isTheirs
    ? settling.dispose({ ...gone, status: 'final' }, gone.identifiedAt)
    : gone;
  const isSame = gone.disposition === disposition && gone.reason === reason;
  if (gone.status === 'retracted' && (gone.correction !== 'due' || isSame)) return null;
  return withCorrection({ ...gone, disposition, reason, status: 'retracted', updatedAt: settling.now });
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

/**
 * A finding that fires anew (it was retracted, waited for the doctor, or was loaded as history and is news now) starts
 * its clock anew; one that merely changes keeps it.
 */
function renew(known: Finding, draft: FindingDraft, settling: Settling): Finding {
  const isNew =
    known.status === 'retracted' ||
    known.kind !== draft.kind ||
    known.personId !== settling.personId ||
    (known.evidence.isHistory && !draft.evidence.isHistory);
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
