import fc from 'fast-check';
import { type NotificationPolicy, type Urgency } from '../../policy/index.js';
import { type Circumstances, dispose } from './dispose.js';

const DAY = 86_400_000;
const now = new Date('2026-03-02T02:00:00Z');
const aged = (days: number, ms = 0): Date => new Date(now.getTime() - days * DAY - ms);
const policy = {
  freshness: { days: 30, days_class_A: 90 },
  minors: { guardian_below: 18 },
} as NotificationPolicy;
const usual: Circumstances = {
  kind: 'finding',
  urgency: 'important',
  isGrave: false,
  freshFrom: aged(1),
  identifiedAt: now,
  isHistory: false,
  person: { isDeceased: false, hasGuardian: false, ageYears: 40 },
};
const word = (change: Partial<Circumstances>): string => {
  const { disposition, reason } = dispose({ ...usual, ...change }, policy);
  return `${disposition} ${reason}`;
};

describe('old news does not ring', () => {
  it.each<[Urgency, boolean, Date, string]>([
    ['important', false, aged(30), 'call important'],
    ['important', false, aged(30, 1), 'none stale'],
    ['important', true, aged(30), 'call important'],
    ['important', true, aged(30, 1), 'doctor late'],
    ['B', false, aged(30, 1), 'none stale'],
    ['C', true, aged(30, 1), 'doctor late'],
    ['A', true, aged(30, 1), 'call important'],
    ['A', true, aged(90), 'call important'],
    ['A', true, aged(90, 1), 'doctor late'],
    // A class A finding is grave in itself.
    ['A', false, aged(90, 1), 'doctor late'],
    ['important', false, aged(-3), 'call important'],
  ])('class %s, grave: %p, of %p', (urgency, isGrave, freshFrom, expected) => {
    expect(word({ urgency, isGrave, freshFrom })).toBe(expected);
  });

  it('leaves what cannot be decided alone when it is as old, unless it is grave', () => {
    expect(word({ kind: 'review' })).toBe('doctor undecided');
    expect(word({ kind: 'review', freshFrom: aged(30, 1) })).toBe('none stale');
    expect(word({ kind: 'review', freshFrom: aged(30, 1), isGrave: true })).toBe('doctor late');
  });

  it('rings nobody for what was loaded as history, whatever it is', () => {
    const urgency = fc.constantFrom<Urgency>('A', 'important', 'B', 'C');
    const kind = fc.constantFrom('finding' as const, 'review' as const);
    fc.assert(
      fc.property(urgency, kind, fc.boolean(), fc.integer({ min: -9, max: 200 }), (u, k, isGrave, days) => {
        const change = { urgency: u, kind: k, isGrave, freshFrom: aged(days), isHistory: true };
        expect(word(change)).toBe('none history');
      }),
    );
  });
});

describe('who is phoned', () => {
  const person = { isDeceased: false, hasGuardian: false, ageYears: 40 };
  it.each([
    [{ ...person, isDeceased: true }, 'doctor deceased'],
    [{ ...person, isDeceased: true, hasGuardian: true, ageYears: 10 }, 'doctor deceased'],
    [{ ...person, ageYears: 17 }, 'doctor no-guardian'],
    [{ ...person, ageYears: 0 }, 'doctor no-guardian'],
    [{ ...person, ageYears: 17, hasGuardian: true }, 'call important'],
    [{ ...person, ageYears: 18 }, 'call important'],
    [{ ...person, ageYears: null }, 'call important'],
  ])('of %j: %s', (who, expected) => {
    expect(word({ person: who })).toBe(expected);
  });

  it('is nobody where a doctor has to decide first', () => {
    expect(word({ kind: 'review', person: null })).toBe('doctor undecided');
    expect(word({ kind: 'review', person: { ...person, isDeceased: true } })).toBe('doctor undecided');
  });

  it('follows the policy of the centre for minors', () => {
    const from14 = { ...policy, minors: { guardian_below: 14 } };
    const disposed = (ageYears: number): string =>
      dispose({ ...usual, person: { ...person, ageYears } }, from14).disposition;
    expect([disposed(13), disposed(14)]).toEqual(['doctor', 'call']);
  });
});
