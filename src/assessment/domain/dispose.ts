import { type NotificationPolicy, type Urgency } from '../../policy/index.js';

/** What decides whether a finding rings, and whom. */
export interface Circumstances {
  kind: 'finding' | 'review';
  urgency: Urgency;
  /** The finding rests on a fact whose late findings a doctor must see (imaging, cytology, tumour markers). */
  isGrave: boolean;
  /** From when the result's age counts. */
  freshFrom: Date;
  /** When the finding was made. */
  identifiedAt: Date;
  isHistory: boolean;
  person: { isDeceased: boolean; hasGuardian: boolean; ageYears: number | null } | null;
}

export interface Disposition {
  /** `call` a nurse phones; `doctor` the duty doctor's review; `none` nobody is rung. */
  disposition: 'call' | 'doctor' | 'none';
  reason: 'important' | 'undecided' | 'history' | 'stale' | 'late' | 'deceased' | 'no-guardian';
}

const DAY_MS = 86_400_000;

/** Old news does not ring; the dead are not phoned; a minor's guardian is, or else the doctor decides (product semantics). */
export function dispose(circumstances: Circumstances, policy: NotificationPolicy): Disposition {
  const { kind, urgency, isGrave, person } = circumstances;
  if (circumstances.isHistory) return { disposition: 'none', reason: 'history' };
  const days = urgency === 'A' ? policy.freshness.days_class_A : policy.freshness.days;
  const age = circumstances.identifiedAt.getTime() - circumstances.freshFrom.getTime();
  if (age > days * DAY_MS) {
    return urgency === 'A' || isGrave
      ? { disposition: 'doctor', reason: 'late' }
      : { disposition: 'none', reason: 'stale' };
  }
  if (kind === 'review') return { disposition: 'doctor', reason: 'undecided' };
  if (person?.isDeceased) return { disposition: 'doctor', reason: 'deceased' };
  const isMinor = person?.ageYears != null && person.ageYears < policy.minors.guardian_below;
  if (isMinor && !person.hasGuardian) return { disposition: 'doctor', reason: 'no-guardian' };
  return { disposition: 'call', reason: 'important' };
}
