import { CALLING_DEFAULTS } from '../../policy/index.js';
import { nextMessage, routeName } from './route.js';

describe('the route of a result', () => {
  const { inpatient, checkup } = CALLING_DEFAULTS.routes;

  it('of an inpatient goes to the attending doctor, then to the duty doctor, then to nobody else', () => {
    expect(nextMessage(inpatient, 0)).toEqual({ step: 0, to: 'attending-doctor' });
    expect(nextMessage(inpatient, 1)).toEqual({ step: 1, to: 'duty-doctor' });
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
    expect(nextMessage(route, 0)).toEqual({ step: 1, to: 'duty-doctor' });
  });
});
