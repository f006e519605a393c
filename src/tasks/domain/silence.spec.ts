import fc from 'fast-check';
import { type Finding } from '../../assessment/index.js';
import { compareUrgency, type NotificationPolicy, URGENCIES, type Urgency } from '../../policy/index.js';
import { hush, type Silence } from './silence.js';

const DAY_MS = 86_400_000;
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * DAY_MS);
const POLICY = { freshness: { days: 30, days_class_A: 90 } } as NotificationPolicy;
const RULES = ['a/creatinine', 'a/creatinine-grave', 'a/potassium'] as const;

const finding = (change: Partial<Finding> & { fresh?: number; isGrave?: boolean } = {}): Finding => {
  const { fresh = 0, isGrave = false, ...rest } = change;
  return {
    ...{ id: 'f1', personId: 'p1', ruleId: RULES[0], kind: 'finding', status: 'final', urgency: 'B' },
    ...{ disposition: 'call', reason: 'important', correction: 'none', toldAt: null },
    identifiedAt: day(0),
    updatedAt: day(0),
    evidence: { freshFrom: day(fresh).toISOString(), isGrave, isHistory: false },
    ...rest,
  } as Finding;
};
const silence = (change: Partial<Silence> = {}): Silence => ({
  ...{ id: 's1', personId: 'p1', ruleId: RULES[0], class: 'B', reason: '已知规律透析', madeBy: 'user:d' },
  ...{ madeAt: day(0), until: day(60), endedAt: null, endedBecause: null },
  ...change,
});
const after = (one: Finding, ...silences: Silence[]): string => {
  const { ringing, silenced } = hush([one], silences, () => POLICY);
  if (silenced.has(one.id)) return 'silent';
  const [left] = ringing;
  const from = Math.round((left!.identifiedAt.getTime() - day(0).getTime()) / DAY_MS);
  return `${left!.disposition} ${left!.reason} from day ${from}`;
};

describe('a silence', () => {
  it.each<[string, Finding, Silence[], string]>([
    ['none', finding(), [], 'call important from day 0'],
    ['of its rule', finding(), [silence()], 'silent'],
    ['of another rule', finding(), [silence({ ruleId: RULES[2] })], 'call important from day 0'],
    ['of a graver class too', finding({ urgency: 'C' }), [silence()], 'silent'],
    ['of a milder class', finding({ urgency: 'A' }), [silence()], 'call important from day 0'],
    ['where a doctor has to decide', finding({ kind: 'review' }), [silence()], 'call important from day 0'],
    ['where what was told has changed', finding({ correction: 'due' }), [silence()], 'call important from day 0'],
    ['that ended before', finding({ identifiedAt: day(5) }), [silence({ endedAt: day(4) })], 'call important from day 5'],
    ['that has ended since', finding(), [silence({ endedAt: day(20) })], 'call important from day 20'],
    ['that has ended when it is old news', finding(), [silence({ endedAt: day(31) })], 'none stale from day 31'],
    ['that has ended when grave old news', finding({ isGrave: true }), [silence({ endedAt: day(31) })], 'doctor late from day 31'],
    ['that has ended, of class A', finding({ urgency: 'A' }), [silence({ class: 'A', endedAt: day(31) })], 'call important from day 31'],
    ['that has ended, and another counts', finding(), [silence({ endedAt: day(9) }), silence({ id: 's2' })], 'silent'],
    ['two that have ended', finding(), [silence({ endedAt: day(9) }), silence({ endedAt: day(12) })], 'call important from day 12'],
    ['that ended, of the deceased', finding({ disposition: 'doctor', reason: 'deceased' }), [silence({ endedAt: day(2) })], 'doctor deceased from day 2'],
  ])('%s', (_, one, silences, expected) => expect(after(one, ...silences)).toBe(expected)); // prettier-ignore

  const urgency = fc.constantFrom<Urgency>(...URGENCIES);
  const rule = fc.constantFrom(...RULES);
  const some = fc.array(
    fc.record({
      ruleId: rule,
      urgency,
      kind: fc.constantFrom('finding' as const, 'review' as const),
      correction: fc.constantFrom('none' as const, 'due' as const),
      identifiedAt: fc.integer({ min: 0, max: 50 }).map(day),
    }),
    { maxLength: 8 },
  );
  const silences = fc.array(
    fc.record({
      ruleId: rule,
      class: urgency,
      endedAt: fc.option(fc.integer({ min: 1, max: 50 }).map(day)),
    }),
    { maxLength: 6 },
  );

  it('never swallows a graver class, a review or a correction, and loses nothing: each rings or says by what it is silent', () => {
    fc.assert(
      fc.property(some, silences, (findings, given) => {
        const all = findings.map((one, i) => finding({ ...one, id: `f${i}` }));
        const { ringing, silenced } = hush(all, given.map((one) => silence(one)), () => POLICY);
        expect([...ringing.map(({ id }) => id), ...silenced.keys()].sort()).toEqual(all.map(({ id }) => id).sort());
        for (const one of all) {
          const by = silenced.get(one.id);
          if (!by) continue;
          expect(by.ruleId).toBe(one.ruleId);
          expect(compareUrgency(one.urgency, by.class)).toBeGreaterThanOrEqual(0);
          expect([one.kind, one.correction, by.endedAt]).toEqual(['finding', 'none', null]);
        }
        // Once all have ended, nothing is silent, and no clock runs backwards.
        const over = hush(all, given.map((one) => silence({ ...one, endedAt: one.endedAt ?? day(50) })), () => POLICY);
        expect(over.silenced.size).toBe(0);
        over.ringing.forEach((one, i) => expect(one.identifiedAt >= all[i]!.identifiedAt).toBe(true));
      }),
    ); // prettier-ignore
  });
});
