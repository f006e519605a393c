import fc from 'fast-check';
import { URGENCIES } from '../../policy/index.js';
import { type Cap, freeAt, type Leaving, longestSpan, mayLeave } from './may-leave.js';

const NOW = new Date('2026-03-02T02:00:00.000Z');
const minutes = (n: number): Date => new Date(NOW.getTime() + n * 60_000);
const CAPS = {
  A: [{ at_most: 2, within_minutes: 10 }],
  important: [{ at_most: 1, within_minutes: 30 }],
  B: [
    { at_most: 1, within_minutes: 60 },
    { at_most: 2, within_minutes: 1440 },
  ],
  C: [],
};
const SAY_ONCE = { A: 15, important: 60, B: 1440, C: 1440 };
const person: Leaving = {
  audience: 'person',
  urgency: 'B',
  isOptedOut: false,
  hasFamilyRefused: false,
  objection: null,
  isDeceased: false,
  saidAt: null,
  sentAt: [],
};
const awake = (at: Date): Date => at;
const until =
  (end: Date) =>
  (at: Date): Date =>
    at < end ? end : at;

describe('whether a message may leave', () => {
  it.each<[string, Partial<Leaving>, (at: Date) => Date, object]>([
    ['at once', {}, awake, { may: 'leave' }],
    ['not to the dead', { isDeceased: true, urgency: 'A' }, awake, { may: 'not', because: 'deceased' }],
    ['not to who wants none', { isOptedOut: true }, awake, { may: 'not', because: 'opted-out' }],
    ['class A to who wants none too', { isOptedOut: true, urgency: 'A' }, awake, { may: 'leave' }],
    [
      'not to relatives who want none, of class A neither',
      { audience: 'family', hasFamilyRefused: true, urgency: 'A' },
      awake,
      { may: 'not', because: 'opted-out' },
    ],
    [
      'not to relatives while the person wants none',
      { audience: 'family', isOptedOut: true },
      awake,
      { may: 'not', because: 'opted-out' },
    ],
    ['to the person whose relatives want none', { hasFamilyRefused: true }, awake, { may: 'leave' }],
    [
      'not to relatives whose consent has ended',
      { audience: 'family', objection: 'no-consent', urgency: 'A' },
      awake,
      { may: 'not', because: 'no-consent' },
    ],
    [
      'after the quiet hours',
      {},
      until(minutes(90)),
      { may: 'wait', until: minutes(90), because: 'quiet-hours' },
    ],
    [
      'when the span of the cap is over',
      { sentAt: [minutes(-20)] },
      awake,
      { may: 'wait', until: minutes(40), because: 'cap' },
    ],
    [
      'after both',
      { sentAt: [minutes(-20)] },
      until(minutes(90)),
      { may: 'wait', until: minutes(90), because: 'cap' },
    ],
    [
      'by the strictest of several caps',
      { sentAt: [minutes(-1000), minutes(-400)] },
      awake,
      { may: 'wait', until: minutes(440), because: 'cap' },
    ],
    [
      'not what was said a moment ago, of class A neither',
      { saidAt: minutes(-14), urgency: 'A' },
      awake,
      { may: 'not', because: 'already-said' },
    ],
    ['what was said long enough ago', { saidAt: minutes(-15), urgency: 'A' }, awake, { may: 'leave' }],
    ['when what was sent is long ago', { sentAt: [minutes(-1440)] }, awake, { may: 'leave' }],
    [
      'class A too in its turn',
      { urgency: 'A', sentAt: [minutes(-3), minutes(-5)] },
      awake,
      { may: 'wait', until: minutes(5), because: 'cap' },
    ],
    [
      'to staff in any case',
      { audience: 'staff', isOptedOut: true, isDeceased: true, sentAt: Array<Date>(50).fill(NOW) },
      until(minutes(90)),
      { may: 'leave' },
    ],
  ])('%s', (_, more, quietUntil, expected) => {
    expect(mayLeave({ ...person, ...more }, CAPS, SAY_ONCE, NOW, quietUntil)).toEqual(expected);
  });

  it('looks back as far as its longest cap', () => {
    expect(longestSpan(CAPS)).toBe(1440);
    expect(longestSpan({ A: [], important: [], B: [], C: [] })).toBe(0);
  });

  it('never exceeds a cap when each message leaves at the instant it is told', () => {
    const cap: fc.Arbitrary<Cap> = fc.record({
      at_most: fc.integer({ min: 1, max: 4 }),
      within_minutes: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(cap, fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }), (one, gaps) => {
        const sentAt: Date[] = [];
        let now = NOW;
        for (const gap of gaps) {
          now = new Date(now.getTime() + gap * 60_000);
          now = freeAt(one, sentAt, now);
          sentAt.push(now);
        }
        for (const at of sentAt) {
          const from = at.getTime() - one.within_minutes * 60_000;
          const within = sentAt.filter((other) => other.getTime() > from && other <= at);
          expect(within.length).toBeLessThanOrEqual(one.at_most);
        }
      }),
    );
  });

  it('never holds class A back for a wish or the night', () => {
    fc.assert(
      fc.property(fc.boolean(), (isOptedOut) => {
        const told = mayLeave({ ...person, urgency: 'A', isOptedOut }, CAPS, SAY_ONCE, NOW, awake);
        expect(told).toEqual({ may: 'leave' });
      }),
    );
    expect(URGENCIES).toContain('A');
  });
});
