import { dispose } from '../../assessment/domain/dispose.js';
import { type Finding } from '../../assessment/index.js';
import { compareUrgency, type NotificationPolicy, type Urgency } from '../../policy/domain/policy.js';

/** One rule that rings nobody for one person: a doctor knows of it. It ends by its day, by the doctor, or with the record. */
export interface Silence {
  id: string;
  personId: string;
  /** `pack/rule`. */
  ruleId: string;
  /** The gravest class that it keeps silent; what is graver rings. */
  class: Urgency;
  reason: string;
  madeBy: string;
  madeAt: Date;
  /** The first instant at which it does not count any more. */
  until: Date;
  /** When it stopped counting; null while it counts: the clock ends what is over. */
  endedAt: Date | null;
  endedBecause: 'over' | 'ended' | 'merged' | null;
}

/** What may ring, as it rings now, and what is kept silent by which silence. */
export interface Hushed {
  ringing: Finding[];
  silenced: ReadonlyMap<string, Silence>;
}

/**
 * Takes what is silenced out of what may ring. What was silenced and still stands rings when the silence ends, with a
 * clock that begins then, if it would still be news: old news rings nobody, what is grave goes to the doctor as late.
 */
export function hush(
  findings: readonly Finding[],
  silences: readonly Silence[],
  policyOf: (finding: Finding) => NotificationPolicy,
): Hushed {
  const silenced = new Map<string, Silence>();
  if (silences.length === 0) return { ringing: [...findings], silenced };
  const ringing = findings.flatMap((finding): Finding | [] => {
    const own = silences.filter((silence) => isSilencedBy(finding, silence));
    const counting = own.find(({ endedAt }) => endedAt === null);
    if (counting) {
      silenced.set(finding.id, counting);
      return [];
    }
    const last = Math.max(...own.map(({ endedAt }) => endedAt!.getTime()));
    if (!(last > finding.identifiedAt.getTime())) return finding;
    return afterSilence(finding, new Date(last), policyOf(finding));
  });
  return { ringing, silenced };
}

/** Never what is graver than what was silenced, what a doctor has to decide, or a correction of what somebody was told. */
export function isSilencedBy(
  finding: Pick<Finding, 'ruleId' | 'kind' | 'urgency'> & Partial<Pick<Finding, 'correction'>>,
  silence: Pick<Silence, 'ruleId' | 'class'>,
): boolean {
  return (
    finding.ruleId === silence.ruleId &&
    finding.kind === 'finding' &&
    finding.correction !== 'due' &&
    compareUrgency(finding.urgency, silence.class) >= 0
  );
}

function afterSilence(finding: Finding, endedAt: Date, policy: NotificationPolicy): Finding {
  const { kind, urgency, evidence } = finding;
  const { isGrave, isHistory, freshFrom } = evidence;
  const now = { kind, urgency, isGrave, isHistory, freshFrom: new Date(freshFrom), identifiedAt: endedAt };
  const { disposition, reason } = dispose({ ...now, person: null }, policy);
  const isOld = reason === 'stale' || reason === 'late';
  return { ...finding, identifiedAt: endedAt, ...(isOld && { disposition, reason }) };
}
