import { contradicts } from './contradicts.js';
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
  /**
   * Nothing but the rules has changed since these findings were settled. What a person was told by the rules of then is
   * taken back only while it is news; a result that was corrected is corrected however old it is.
   */
  isByRulesAlone?: boolean;
}

/**
 * Brings the findings of one result to what judging says: new ones are added, those that no longer hold are retracted,
 * those that hold again stand again. What a person was told and no longer holds so becomes a correction that is due; that
 * a new version of the rules words it otherwise, or has another limit for the same value, is none.
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
  const retracted: Finding = { ...gone, disposition, reason, status: 'retracted', updatedAt: settling.now };
  return withCorrection(retracted, settling);
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
  const saysTheSame = isTheSame(known, draft, settling);
  const renewed: Finding = {
    ...known,
    ...draft,
    ...settling.dispose(draft, identifiedAt),
    personId: settling.personId,
    ruleSetVersion: settling.ruleSetVersion,
    identifiedAt,
    updatedAt: settling.now,
    toldAs: saysTheSame ? inNewWords(known, draft) : known.toldAs,
    decidedAt: isNew || !saysTheSame ? null : known.decidedAt,
  };
  return withCorrection(renewed, settling);
}

/**
 * Whether the values are those that were there before, though another version of the rules may put them in other words,
 * or a release under the same version: there, everything that was seen is as it was.
 */
function isTheSame(known: Finding, draft: FindingDraft, { ruleSetVersion }: Settling): boolean {
  if (known.toldValue === draft.toldValue) return true;
  const [before, now] = [known.evidence.leaves, draft.evidence.leaves];
  if (known.ruleSetVersion !== ruleSetVersion) return !contradicts(before, now);
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now);
}

/** Who heard what stood, heard what stands. */
function inNewWords({ toldAs, toldValue }: Finding, draft: FindingDraft): Finding['toldAs'] {
  return toldAs?.value === toldValue ? { ...toldAs, value: draft.toldValue } : toldAs;
}

/** A person who was told is told again when what they heard is not what stands; back at what they heard, nothing is due. */
function withCorrection(finding: Finding, settling: Settling): Finding {
  if (!finding.toldAs) return finding;
  const stands =
    finding.status !== 'retracted' &&
    finding.kind === 'finding' &&
    finding.toldAs.value === finding.toldValue;
  if (stands) return { ...finding, correction: 'none' };
  if (settling.isByRulesAlone && finding.correction !== 'due' && isOldNews(finding, settling)) return finding;
  return { ...finding, correction: 'due' };
}

/** Whether it would ring nobody, were it found now. */
function isOldNews(finding: Finding, { dispose, now }: Settling): boolean {
  const { reason } = dispose({ ...finding, status: 'final' }, now);
  return reason === 'stale' || reason === 'late' || reason === 'history';
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
