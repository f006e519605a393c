import { type Finding } from '../assessment/index.js';
import { disclose, type IsSensitive } from './domain/disclosure.js';
import { explanationAddress } from './explanation.dto.js';
import { type FindingShown } from './task.dto.js';

/**
 * A finding for the screen.
 * @param isReason it is at the head of its task
 * @param isNew it joined after somebody had taken the task
 */
export function findingShown(
  finding: Finding,
  { isReason, isNew }: { isReason: boolean; isNew: boolean },
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
    identifiedAt: finding.identifiedAt.toISOString(),
    toldAt: finding.toldAt?.toISOString() ?? null,
    toldAs: isHidden ? null : (finding.toldAs?.sentence ?? null),
    correction: finding.correction,
    explanation: explanationAddress(finding.id),
  };
}
