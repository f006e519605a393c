import { type MeasuredFact } from '../../kernel/index.js';
import { type NotificationPolicy } from '../../policy/index.js';
import { type Outcome } from '../../rules/index.js';
import { draftFindings, type Judged } from './draft-findings.js';
import { type FindingDraft } from './finding.js';

const policy = {
  packs: { 'important-results': 'important' },
  late_review: ['imaging-conclusion', 'tumour-marker'],
} as unknown as NotificationPolicy;
const anchor = (status: string, doubts: object[] = []): MeasuredFact =>
  ({
    measurement: { component: 2, analyte: 'wbc', doubts },
    source: { observationId: 'o1', component: 2, at: '2026-03-01T00:00:00.000Z', status },
  }) as unknown as MeasuredFact;
const judged = (change: Partial<Judged> = {}): Judged => ({
  anchor: anchor('final'),
  resourceType: 'Observation',
  version: 3,
  isPreliminary: false,
  freshFrom: '2026-03-01T00:00:00.000Z',
  isHistory: false,
  ageYears: 40,
  hasPerson: true,
  ...change,
});
const outcome = (change: Partial<Outcome> = {}, event: object = {}, pack = 'important-results'): Outcome =>
  ({
    rule: {
      id: `${pack}/wbc-low`,
      pack,
      title: { zh: '', en: '' },
      source: '',
      review: null,
      event: { type: 'notify', class: 'B', advice: null, reason: null, ...event },
    },
    truth: 'fires',
    couldFire: true,
    reason: null,
    evidence: [],
    missing: [],
    ...change,
  }) as unknown as Outcome;
const leaf = (fact: string, observationId: string | null): Outcome['evidence'][number] =>
  ({ fact, source: observationId && { observationId } }) as unknown as Outcome['evidence'][number];
const drafts = (one: Outcome, about = judged(), said = '2.9'): FindingDraft[] =>
  draftFindings([one], about, policy, () => ({ zh: said, en: said }));
const word = (one: Outcome, about = judged()): string =>
  drafts(one, about)
    .map(({ kind, evidence }) => `${kind} ${evidence.undecided ?? ''}`.trim())
    .join();

describe('what should stand', () => {
  const doubtful = judged({ anchor: anchor('final', [{ reason: 'unknown-unit', detail: '' }]) });
  it.each<[string, Outcome, Judged, string]>([
    ['a finding where a rule fires', outcome(), judged(), 'finding'],
    ['nothing where it is silent', outcome({ truth: 'silent', reason: 'age' }), judged(), ''],
    ['nothing where a test was not done', outcome({ truth: 'unknown', couldFire: false }), judged(), ''],
    ['a review where it could fire', outcome({ truth: 'unknown' }), judged(), 'review uncertain'],
    ['its doubt as the reason', outcome({ truth: 'unknown' }), doubtful, 'review unknown-unit'],
    ['its own reason first', outcome({ truth: 'unknown', reason: 'age' }), doubtful, 'review age'],
    ['a review where the rule asks for one', outcome({}, { type: 'review' }), judged(), 'review rule'],
    ['nothing for what is only counted', outcome({}, { type: 'count' }), judged(), ''],
    ['a review of an unknown status', outcome(), judged({ anchor: anchor('unknown') }), 'review status'],
    ['a review while nobody is known', outcome(), judged({ hasPerson: false }), 'review no-person'],
    [
      'nothing for what is silent, even of nobody',
      outcome({ truth: 'silent' }),
      judged({ hasPerson: false }),
      '',
    ],
  ])('is %s', (_, one, about, expected) => {
    expect(word(one, about)).toBe(expected);
  });

  it('is preliminary while the result is', () => {
    expect(drafts(outcome())[0]?.status).toBe('final');
    expect(drafts(outcome(), judged({ isPreliminary: true }))[0]?.status).toBe('preliminary');
  });

  it('is as urgent as policy and class say', () => {
    expect(drafts(outcome())[0]?.urgency).toBe('important');
    expect(drafts(outcome({}, { class: 'A' }))[0]?.urgency).toBe('A');
    expect(drafts(outcome({}, {}, 'consensus-ab'))[0]?.urgency).toBe('B');
  });

  it('is grave by its class, or by what it rests on', () => {
    const isGrave = (one: Outcome): boolean | undefined => drafts(one)[0]?.evidence.isGrave;
    expect(isGrave(outcome({ evidence: [leaf('wbc', 'o1')] }))).toBe(false);
    expect(isGrave(outcome({}, { class: 'A' }))).toBe(true);
    expect(isGrave(outcome({ evidence: [leaf('wbc', 'o1'), leaf('tumour-marker', 'o1')] }))).toBe(true);
  });

  it('names the result itself first, in its version, and every other one once', () => {
    const evidence = [leaf('a', 'o2'), leaf('b', 'o1'), leaf('c', 'o2'), leaf('age', null)];
    expect(drafts(outcome({ evidence }))[0]?.evidence.implicated).toEqual([
      { type: 'Observation', id: 'o1', version: 3 },
      { type: 'Observation', id: 'o2', version: 0 },
    ]);
  });

  it('has another told value exactly where rule or sentence differ', () => {
    const value = (one: Outcome, said: string, about = judged()): string | undefined =>
      drafts(one, about, said)[0]?.toldValue;
    expect(value(outcome(), '2.9', judged({ version: 4, isPreliminary: true }))).toBe(
      value(outcome(), '2.9'),
    );
    expect(value(outcome(), '2.8')).not.toBe(value(outcome(), '2.9'));
    expect(value(outcome({}, {}, 'other'), '2.9')).not.toBe(value(outcome(), '2.9'));
  });
});
