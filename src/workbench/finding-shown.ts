import { type Finding } from '../assessment/index.js';
import { disclose, type IsSensitive } from './domain/disclosure.js';
import { explanationAddress } from './explanation.dto.js';
import { type Silence } from '../tasks/index.js';
import { type FindingShown, type SilencedShown } from './task.dto.js';

/** Where it stands: what its task, and the doctors, make of it. */
export interface Place {
  isReason: boolean;
  isNew: boolean;
  coveredBy?: string | null;
  silence?: Silence;
}

/**
 * A finding for the screen.
 * @param isReason it is at the head of its task
 * @param isNew it joined after somebody had taken the task
 */
export function findingShown(
  finding: Finding,
  { isReason, isNew, coveredBy = null, silence }: Place,
  isSensitive: IsSensitive,
  isRevealed: boolean,
): FindingShown {
  const shown = disclose(finding.evidence, isSensitive, isRevealed);
  const isHidden = shown.isConfidential && !isRevealed;
  return {
    ...shown,
    id: finding.id,
    rule: isHidden ? null : finding.ruleId,
    ruleSetVersion: finding.ruleSetVersion,
    kind: finding.kind,
    status: finding.status,
    class: finding.urgency,
    isReason,
    isNew,
    coveredBy,
    silenced: silence ? silencedShown(silence) : null,
    identifiedAt: finding.identifiedAt.toISOString(),
    toldAt: finding.toldAt?.toISOString() ?? null,
    toldAs: isHidden ? null : (finding.toldAs?.sentence ?? null),
    correction: finding.correction,
    explanation: explanationAddress(finding.id),
  };
}

function silencedShown({ id, reason, until, madeBy }: Silence): SilencedShown {
  return { id, reason, until: until.toISOString(), by: madeBy };
}
