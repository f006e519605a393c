import { type MeasuredFact } from '../../kernel/index.js';
import { shortHash } from '../../people/domain/content.js';
import { type NotificationPolicy, urgencyOf } from '../../policy/domain/policy.js';
import { type Bilingual, type Outcome } from '../../rules/index.js';
import { type FindingDraft } from './finding.js';

/** What is known around the judged result. */
export interface Judged {
  anchor: MeasuredFact;
  resourceType: 'Observation' | 'DiagnosticReport';
  version: number;
  isPreliminary: boolean;
  freshFrom: string;
  isHistory: boolean;
  ageYears: number | null;
  /** False while the result waits for its person. */
  hasPerson: boolean;
}

/**
 * Turns what the rules said into what should stand: findings for what fires; reviews for what could fire and cannot be
 * judged, for rules that ask the doctor, and for results whose status is itself unknown. Events that only count give none.
 */
export function draftFindings(
  outcomes: readonly Outcome[],
  judged: Judged,
  policy: NotificationPolicy,
  sentence: (outcome: Outcome) => Bilingual,
): FindingDraft[] {
  return outcomes.flatMap((outcome) => {
    const undecided = whyUndecided(outcome, judged);
    const kind = findingKind(outcome, judged);
    if (kind === null) return [];
    const { rule } = outcome;
    const { event } = rule;
    const spoken = sentence(outcome);
    return {
      ruleId: rule.id,
      component: judged.anchor.measurement.component,
      kind,
      status: judged.isPreliminary ? 'preliminary' : 'final',
      urgency: urgencyOf(policy, rule.pack, event.class),
      toldValue: shortHash(`${rule.id}\n${spoken.zh}`),
      evidence: {
        title: rule.title,
        sentence: spoken,
        advice: event.advice ?? {},
        source: rule.source,
        ruleClass: event.class,
        review: rule.review,
        leaves: outcome.evidence,
        missing: outcome.missing,
        implicated: implicated(outcome, judged),
        undecided: undecided || null,
        isGrave:
          event.class === 'A' || outcome.evidence.some((leaf) => policy.late_review.includes(leaf.fact)),
        freshFrom: judged.freshFrom,
        isHistory: judged.isHistory,
        ageYears: judged.ageYears,
        at: judged.anchor.source.at,
      },
    } satisfies FindingDraft;
  });
}

/** What should stand: a finding, a review for the doctor, or nothing. */
export function findingKind(
  outcome: Outcome,
  judged: Pick<Judged, 'anchor' | 'hasPerson'>,
): FindingDraft['kind'] | null {
  const undecided = whyUndecided(outcome, judged);
  if (undecided === null) return null;
  return undecided === '' ? 'finding' : 'review';
}

/** Null: nothing stands. Empty: a finding. Otherwise the reason why a doctor must decide. */
function whyUndecided(outcome: Outcome, judged: Pick<Judged, 'anchor' | 'hasPerson'>): string | null {
  const { truth, couldFire, reason, rule } = outcome;
  if (rule.event.type === 'count') return null;
  if (truth === 'unknown') return couldFire ? (reason ?? doubtOf(judged)) : null;
  if (truth === 'silent') return null;
  if (rule.event.type === 'review') return reason ?? 'rule';
  // Without a person nobody can be rung: what would fire for anyone is the doctor's.
  if (!judged.hasPerson) return 'no-person';
  return judged.anchor.source.status === 'unknown' ? 'status' : '';
}

function doubtOf({ anchor }: Pick<Judged, 'anchor'>): string {
  return anchor.measurement.doubts[0]?.reason ?? 'uncertain';
}

/** The anchor first, then the other results that a leaf rests on, those of other days included. */
function implicated(outcome: Outcome, judged: Judged): FindingDraft['evidence']['implicated'] {
  const { observationId } = judged.anchor.source;
  const own = { type: judged.resourceType, id: observationId, version: judged.version };
  const others = new Set(
    outcome.evidence.flatMap(({ source, looked = [] }) =>
      [source, ...looked.map((one) => one.source)].flatMap((one) => one?.observationId ?? []),
    ),
  );
  others.delete(observationId);
  return [own, ...[...others].map((id) => ({ type: 'Observation' as const, id, version: 0 }))];
}
