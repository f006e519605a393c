import fc from 'fast-check';
import {
  act,
  type Action,
  ACTIONS,
  CONFIRMATIONS,
  type Doing,
  holderOf,
  LIFE,
  type TaskLife,
} from './task-life.js';
import { type TaskStatus } from './task-state.js';

const T0 = new Date('2026-03-02T02:00:00.000Z');
const LEASE = 30 * 60_000;
const minutes = (n: number): Date => new Date(T0.getTime() + n * 60_000);
const fresh: TaskLife = {
  status: 'requested', owner: null, claimedAt: null, leaseUntil: null, handoverTo: null, promisedAt: null, attempts: 0,
  lastAttemptAt: null, confirmation: null, specimen: '', isOnSite: false,
}; // prettier-ignore
const doing = (actor: string, at = 0, more: Partial<Doing> = {}): Doing => ({
  actor, now: minutes(at), leaseMs: LEASE, ...more,
}); // prettier-ignore

/** What a task has become after these acts, each of which must be allowed. */
function after(...acts: [Action, Doing][]): TaskLife {
  return acts.reduce((life, [action, how]) => {
    const done = act(life, action, how);
    if ('refused' in done) throw new Error(`${action}: ${done.refused}`);
    return done.next;
  }, fresh);
}

const claimed = after(['claim', doing('wang')]);

describe('the life of a task', () => {
  it.each<[string, TaskLife, Action, Doing, object]>([
    ['a nurse takes it', fresh, 'claim', doing('wang'), { status: 'accepted', owner: 'wang', leaseUntil: minutes(30) }],
    ['another cannot', claimed, 'claim', doing('li', 29), { refused: 'held' }],
    ['she can again, and renews it', claimed, 'claim', doing('wang', 20), { leaseUntil: minutes(50) }],
    ['another can when the claim is over', claimed, 'claim', doing('li', 30), { owner: 'li', claimedAt: minutes(30) }],
    ['the claim is kept', claimed, 'keep', doing('wang', 29), { status: 'accepted', leaseUntil: minutes(59) }],
    ['but not when it is over', claimed, 'keep', doing('wang', 30), { refused: 'not-claimed' }],
    ['nor by another', claimed, 'keep', doing('li', 1), { refused: 'not-yours' }],
    ['it is given back', claimed, 'release', doing('wang', 1), { status: 'requested', owner: null, leaseUntil: null }],
    ['nobody gives back what is free', fresh, 'release', doing('wang'), { refused: 'not-claimed' }],
    ['the clock frees it', claimed, 'expire', doing('clock', 30), { status: 'requested', owner: null }],
    ['but not before', claimed, 'expire', doing('clock', 29), { refused: 'not-expired' }],
    ['it is put off to a promised time', claimed, 'snooze', doing('wang', 1, { until: minutes(60) }), { status: 'on-hold', owner: null, promisedAt: minutes(60) }],
    ['another cannot put it off', claimed, 'snooze', doing('li', 1, { until: minutes(60) }), { refused: 'held' }],
    ['the head nurse gives it to another', claimed, 'reassign', doing('head', 5, { to: 'li' }), { owner: 'li', claimedAt: minutes(5), leaseUntil: minutes(35) }],
    ['not to who has it', claimed, 'reassign', doing('head', 5, { to: 'wang' }), { refused: 'same-person' }],
    ['it is handed over', claimed, 'hand-over', doing('wang', 5, { to: 'li' }), { owner: 'wang', handoverTo: 'li' }],
    ['nobody calls without having it', fresh, 'attempt', doing('wang'), { refused: 'not-claimed' }],
    ['a call that fails puts it off', claimed, 'attempt', doing('wang', 5, { until: minutes(20) }), { status: 'on-hold', owner: null, attempts: 1, lastAttemptAt: minutes(5), promisedAt: minutes(20) }],
    ['a call that reaches somebody goes on', claimed, 'attempt', doing('wang', 5, { isReached: true }), { status: 'in-progress', owner: 'wang', attempts: 1, leaseUntil: minutes(35) }],
    ['the person is on the site', fresh, 'on-site', doing('li'), { status: 'requested', isOnSite: true }],
    ['and has left', { ...fresh, isOnSite: true }, 'on-site', doing('li', 0, { isOnSite: false }), { isOnSite: false }],
  ])('%s', (_, life, action, how, expected) => {
    const done = act(life, action, how);
    expect('next' in done ? done.next : done).toMatchObject(expected);
  }); // prettier-ignore

  it('a hand-over is the other’s once accepted, and stays where it is when declined', () => {
    const offered = after(['claim', doing('wang')], ['hand-over', doing('wang', 5, { to: 'li' })]);
    expect(act(offered, 'accept', doing('zhao', 6))).toEqual({ refused: 'not-offered' });
    expect(act(offered, 'accept', doing('li', 6))).toMatchObject({ next: { owner: 'li', handoverTo: null } });
    expect(act(offered, 'decline', doing('li', 6))).toMatchObject({
      next: { owner: 'wang', handoverTo: null },
    });
    expect(act(offered, 'accept', doing('li', 31))).toEqual({ refused: 'not-offered' });
  });

  it('a doubt about the result is shown and changes nothing else', () => {
    const how = doing('doctor', 1, { confirmation: 'redraw', specimen: ['haemolysis', 'clotting'] });
    expect(act(claimed, 'confirm', how)).toEqual({
      next: { ...claimed, confirmation: 'redraw', specimen: 'haemolysis,clotting' },
    });
  });

  it('a claim without a lease, as they were before, lasts until it is given up', () => {
    expect(holderOf({ ...claimed, leaseUntil: null }, minutes(100_000))).toBe('wang');
  });

  it.each(['completed', 'cancelled'] as TaskStatus[])('nothing is done with a %s task', (status) => {
    for (const action of ACTIONS)
      expect(act({ ...claimed, status }, action, doing('wang'))).toEqual({ refused: 'closed' });
  });

  it('has a row for every act', () => {
    expect(Object.keys(LIFE).sort()).toEqual([...ACTIONS].sort());
  });
});

const someDoing = fc.record({
  action: fc.constantFrom(...ACTIONS),
  actor: fc.constantFrom('wang', 'li', 'zhao', 'clock'),
  to: fc.constantFrom('wang', 'li', 'zhao'),
  pause: fc.nat({ max: 45 }),
  until: fc.nat({ max: 600 }),
  isReached: fc.boolean(),
  isOnSite: fc.boolean(),
  confirmation: fc.constantFrom(...CONFIRMATIONS),
});

describe('whatever is done, in any order', () => {
  it('a task is never in a state that cannot be', () => {
    fc.assert(
      fc.property(fc.array(someDoing, { maxLength: 60 }), (acts) => {
        let life = fresh;
        let at = 0;
        for (const { action, actor, to, pause, until, ...more } of acts) {
          at += pause;
          const before = life;
          const done = act(life, action, doing(actor, at, { to, until: minutes(at + until), ...more }));
          if ('refused' in done) continue;
          life = done.next;
          const isTaken = life.status === 'accepted' || life.status === 'in-progress';
          // Somebody has it, or nobody: never a claim without its claimant, its time and its end.
          expect(isTaken).toBe(life.owner !== null);
          expect(life.claimedAt !== null).toBe(isTaken);
          expect(life.leaseUntil !== null).toBe(isTaken);
          if (!isTaken) expect(life.handoverTo).toBeNull();
          // A call is never uncounted or taken back.
          expect(life.attempts - before.attempts).toBe(action === 'attempt' || action === 'tell' ? 1 : 0);
          // Whoever held it lost it by their own act, the head nurse's, or their consent to hand it over.
          const holder = holderOf(before, minutes(at));
          if (holder !== null && life.owner !== holder)
            expect(actor === holder || action === 'reassign' || before.handoverTo === actor).toBe(true);
          // A doubt moves nothing, and nothing here closes a task.
          if (action === 'confirm')
            expect(life).toEqual({ ...before, confirmation: life.confirmation, specimen: life.specimen });
          expect(['requested', 'accepted', 'in-progress', 'on-hold']).toContain(life.status);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a task can always be taken again in the end', () => {
    fc.assert(
      fc.property(fc.array(someDoing, { maxLength: 30 }), (acts) => {
        let life = fresh;
        for (const { action, actor, to, until, ...more } of acts) {
          const done = act(life, action, doing(actor, 0, { to, until: minutes(until), ...more }));
          if ('next' in done) life = done.next;
        }
        expect(act(life, 'claim', doing('anybody', 31))).toMatchObject({ next: { owner: 'anybody' } });
      }),
    );
  });
});
