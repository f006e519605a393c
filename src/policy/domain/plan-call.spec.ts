import fc from 'fast-check';
import { CALLING_DEFAULTS } from './calling.js';
import { onDuty, weakSpots } from './duty.js';
import { type AtWork, planCall, quietUntil } from './plan-call.js';
import { type NotificationPolicy, URGENCIES } from './policy.js';

const ZONE = 'Asia/Shanghai';
const policy: NotificationPolicy = {
  ...CALLING_DEFAULTS,
  working_hours: { days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '17:30' },
  holidays: [],
  extra_workdays: [],
  tell_within: { A: { hours: 2 }, important: { same_working_day: true }, B: { days: 7 }, C: { days: 30 } },
  packs: {},
  freshness: { days: 30, days_class_A: 90 },
  late_review: [],
  minors: { guardian_below: 18 },
};
const at = (clock: string, day = '2026-03-02'): Date => new Date(`${day}T${clock}:00+08:00`);
const task = (more: Partial<AtWork> = {}): AtWork => ({
  urgency: 'A',
  since: at('10:00'),
  dueAt: at('12:00'),
  claimedUntil: null,
  attempts: 0,
  lastAttemptAt: null,
  promisedAt: null,
  toldAt: null,
  closedAt: null,
  steps: 1,
  ...more,
});
const plan = (more: Partial<AtWork>, now: Date) => planCall(task(more), policy, now, ZONE);

describe('what is due of a task', () => {
  it('a new class A: claimed within a quarter of an hour, told within two, the head nurse next', () => {
    expect(plan({}, at('10:01'))).toEqual({
      claimBy: at('10:15'),
      reachBy: at('12:00'),
      closeBy: null,
      attemptAt: at('10:01'),
      escalate: { step: 1, role: 'head-nurse', at: at('10:15') },
      followUpAt: null,
    });
  });

  it.each<[string, Partial<AtWork>, Date, Date]>([
    ['again a quarter of an hour after a call that failed', { attempts: 1, lastAttemptAt: at('10:05') }, at('10:06'), at('10:20')],
    ['now where that is past', { attempts: 1, lastAttemptAt: at('10:05') }, at('11:00'), at('11:00')],
    ['at the time that was promised', { attempts: 1, lastAttemptAt: at('10:05'), promisedAt: at('11:30') }, at('10:06'), at('11:30')],
    ['at night too, of class A', { since: at('02:00') }, at('02:00'), at('02:00')],
    ['in the morning, of class B', { urgency: 'B', since: at('21:30') }, at('21:30'), at('08:00', '2026-03-03')],
    ['in the morning, after midnight', { urgency: 'B' }, at('00:30', '2026-03-04'), at('08:00', '2026-03-04')],
    ['when quiet ends, of class B', { urgency: 'B' }, at('08:00', '2026-03-04'), at('08:00', '2026-03-04')],
    ['when a promise falls into quiet hours', { urgency: 'important', promisedAt: at('23:00') }, at('12:00'), at('07:00', '2026-03-03')],
  ])('the next attempt is %s', (_, more, now, expected) => {
    expect(plan(more, now).attemptAt).toEqual(expected);
  }); // prettier-ignore

  it('whoever holds it need not claim it; when the lease is over it is as late as it was', () => {
    expect(plan({ claimedUntil: at('10:30') }, at('10:10')).claimBy).toBeNull();
    expect(plan({ claimedUntil: at('10:30') }, at('10:30')).claimBy).toEqual(at('10:15'));
  });

  it('the last step of the ladder has none after it', () => {
    expect(plan({ steps: 3 }, at('11:00')).escalate).toEqual({ step: 3, role: 'manager', at: at('11:30') });
    expect(plan({ steps: 4 }, at('11:31')).escalate).toBeNull();
  });

  it('no step waits beyond the limit', () => {
    const soon = at('10:20');
    expect(plan({ dueAt: soon, steps: 3 }, at('10:01')).escalate).toEqual({
      step: 3,
      role: 'manager',
      at: soon,
    });
  });

  it('once told, the outcome is asked for: the next day, and within a week', () => {
    const toldAt = at('10:30');
    const tomorrow = plan({ toldAt }, at('10:31'));
    expect(tomorrow).toMatchObject({ claimBy: null, reachBy: null, escalate: null, attemptAt: null });
    expect(tomorrow.followUpAt).toEqual(at('10:30', '2026-03-03'));
    expect(tomorrow.closeBy).toEqual(at('10:30', '2026-03-09'));
    expect(plan({ toldAt }, at('10:30', '2026-03-05')).followUpAt).toEqual(at('10:30', '2026-03-09'));
    expect(plan({ toldAt }, at('10:30', '2026-04-05')).followUpAt).toEqual(at('10:30', '2026-03-09'));
    const closed = Object.values(plan({ toldAt, closedAt: at('11:00') }, at('11:00')));
    expect(closed).toEqual(closed.map(() => null));
  });

  it('a change of clocks shortens no quiet', () => {
    const b = { ...policy, quiet_hours: { B: { from: '01:00', to: '05:00' } } };
    const now = new Date('2026-03-29T01:30:00+01:00');
    const { attemptAt } = planCall(task({ urgency: 'B', since: now }), b, now, 'Europe/Berlin');
    expect(attemptAt).toEqual(new Date('2026-03-29T05:00:00+02:00'));
  });
});

const instant = fc.date({ min: at('00:00'), max: at('00:00', '2026-06-01'), noInvalidDate: true });
const someTask = fc.record<AtWork>({
  urgency: fc.constantFrom(...URGENCIES),
  since: instant,
  dueAt: instant,
  claimedUntil: fc.option(instant),
  attempts: fc.nat({ max: 5 }),
  lastAttemptAt: fc.option(instant),
  promisedAt: fc.option(instant),
  toldAt: fc.option(instant),
  closedAt: fc.option(instant),
  steps: fc.nat({ max: 5 }),
});

describe('of any task', () => {
  it('an untold person has a time to be reached by, whatever has happened; a told one has none', () => {
    fc.assert(
      fc.property(someTask, instant, (any, now) => {
        const { reachBy, closeBy } = planCall(any, policy, now, ZONE);
        expect(reachBy).toEqual(any.toldAt || any.closedAt ? null : any.dueAt);
        expect(closeBy !== null).toBe(any.toldAt !== null && any.closedAt === null);
      }),
    );
  });

  it('the next call is never in the past, nor in quiet hours, and of class A never put off by them', () => {
    fc.assert(
      fc.property(someTask, instant, (any, now) => {
        const { attemptAt } = planCall(any, policy, now, ZONE);
        if (!attemptAt) return;
        expect(attemptAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(quietUntil(policy, any.urgency, attemptAt, ZONE)).toEqual(attemptAt);
        expect(quietUntil(policy, 'A', now, ZONE)).toEqual(now);
      }),
    );
  });

  it('later never makes anything due later but attempts and questions', () => {
    fc.assert(
      fc.property(someTask, instant, instant, (any, a, b) => {
        const [one, other] = [a, b].map((now) => planCall(any, policy, now, ZONE));
        expect(one!.reachBy).toEqual(other!.reachBy);
        expect(one!.closeBy).toEqual(other!.closeBy);
        expect(one!.escalate).toEqual(other!.escalate);
      }),
    );
  });
});

describe('the rota', () => {
  const rota = {
    nurse: [{ user: 'wang', from: '08:00', to: '17:30' }],
    'duty-doctor': [
      { user: 'li', days: [5], from: '17:30', to: '08:00' },
      { user: 'zhao', days: [1], from: '17:30', to: '08:00' },
    ],
  };
  it.each([
    ['nurse', '2026-03-02', '07:59', []],
    ['nurse', '2026-03-02', '08:00', ['wang']],
    ['nurse', '2026-03-02', '17:30', []],
    ['duty-doctor', '2026-03-02', '17:30', ['zhao']],
    ['duty-doctor', '2026-03-03', '07:59', ['zhao']],
    ['duty-doctor', '2026-03-02', '07:59', []],
    ['duty-doctor', '2026-03-07', '03:00', ['li']],
    ['manager', '2026-03-02', '12:00', []],
  ] as const)('%s on %s at %s: %j', (role, day, clock, users) => {
    expect(onDuty({ ...policy, rota }, role, at(clock, day), ZONE)).toEqual(users);
  });

  it('weak where one absence leaves a class A with nobody by name', () => {
    expect(weakSpots(policy)).toEqual([{ role: null, weekday: 1, clock: '00:00' }]);
    const all = (user: string) => [{ user }];
    const one = { ...policy, rota: { 'duty-doctor': all('li') } };
    expect(weakSpots(one)).toEqual([{ role: 'duty-doctor', weekday: 1, clock: '00:00' }]);
    const two = { ...policy, rota: { 'duty-doctor': all('li'), manager: all('qian') } };
    expect(weakSpots(two)).toEqual([]);
    const byDay = {
      ...policy,
      rota: { ...two.rota, manager: [{ user: 'qian', from: '08:00', to: '20:00' }] },
    };
    expect(weakSpots(byDay)).toEqual([{ role: 'duty-doctor', weekday: 1, clock: '00:00' }]);
  });
});
