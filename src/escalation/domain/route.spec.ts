import { CALLING_DEFAULTS } from '../../policy/index.js';
import { callsAreOver, nextMessage, routeName } from './route.js';

describe('the route of a result', () => {
  const { inpatient, checkup } = CALLING_DEFAULTS.routes;

  it('of an inpatient goes to the attending doctor, then to the duty doctor, then to nobody else', () => {
    expect(nextMessage(inpatient, 0)).toEqual({ step: 0, to: 'attending-doctor', isAfterCalls: false });
    expect(nextMessage(inpatient, 1)).toEqual({ step: 1, to: 'duty-doctor', isAfterCalls: false });
    expect(nextMessage(inpatient, 2)).toBeNull();
  });

  it('of everybody else is the queue: a nurse phones', () => {
    expect(nextMessage(checkup, 0)).toBeNull();
    expect([null, 'emergency', 'home', 'inpatient'].map((setting) => routeName(setting as null))).toEqual([
      'checkup',
      'outpatient',
      'home',
      'inpatient',
    ]);
  });

  it('passes over what goes by phone', () => {
    const route = [
      { to: 'person', by: 'phone' },
      { to: 'duty-doctor', by: 'message' },
    ] as const;
    expect(nextMessage(route, 0)).toEqual({ step: 1, to: 'duty-doctor', isAfterCalls: false });
  });

  it('asks relatives after the calls, where there are any', () => {
    const family = { to: 'family', by: 'message' } as const;
    expect(nextMessage([{ to: 'person', by: 'phone' }, family], 0)).toMatchObject({ isAfterCalls: true });
    expect(nextMessage([{ to: 'person', by: 'message' }, family], 1)).toMatchObject({ isAfterCalls: false });
  });
});

describe('calls are over', () => {
  const since = new Date('2026-03-02T02:00:00.000Z');
  const after = (minutes: number): Date => new Date(since.getTime() + minutes * 60_000);
  it.each([
    ['when as many have failed as the policy asks for', { attempts: 3 }, 0],
    ['when they would have been made, where nobody calls', { attempts: 0 }, 45],
    ['no sooner by fewer', { attempts: 2 }, 45],
    ['never before a promised time', { attempts: 3, promisedAt: after(90) }, 90],
  ])('%s', (_, more, minutes) => {
    const task = { urgency: 'A' as const, since, promisedAt: null, ...more };
    expect(callsAreOver(task, CALLING_DEFAULTS)).toEqual(after(minutes));
  });
});
