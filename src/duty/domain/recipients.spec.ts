import { type Colleague, doctorOf, recipientsOf } from './recipients.js';

const somebody = (login: string, roles: string[], isReachable = true): Colleague => ({
  ...{ id: login, login, roles, practitioner: `hospital|${login}` },
  addresses: isReachable ? [{ channel: 'sms' }] : [],
});
const li = somebody('li', ['duty-doctor']);
const zhao = somebody('zhao', ['duty-doctor', 'nurse']);
const silent = somebody('silent', ['duty-doctor'], false);
const staff = [li, silent, zhao, somebody('wang', ['nurse'])];

describe('a message for a role', () => {
  it('goes to whoever is on duty, whatever else they are', () => {
    expect(recipientsOf('duty-doctor', ['Li', 'wang'], staff)).toMatchObject({
      by: 'rota',
      to: [{ login: 'li' }, { login: 'wang' }],
    });
  });

  it.each<[string, string[]]>([
    ['nobody is on duty', []],
    ['nobody who is has an address', ['silent']],
    ['the rota names somebody who is gone', ['gone']],
  ])('goes to everybody of the role where %s', (_, onDuty) => {
    expect(recipientsOf('duty-doctor', onDuty, staff)).toEqual({ by: 'role', to: [li, zhao] });
  });

  it('goes to nobody where nobody of the role can be reached', () => {
    expect(recipientsOf('manager', ['silent'], staff)).toEqual({ by: 'nobody', to: [] });
  });
});

describe('a message for one doctor', () => {
  it('goes to whom the hospital calls that, and to nobody where it does not say', () => {
    expect(doctorOf('hospital|li', staff).to).toEqual([li]);
    expect(doctorOf('hospital|silent', staff)).toEqual({ by: 'nobody', to: [] });
    expect(doctorOf(null, [{ ...li, practitioner: null }])).toEqual({ by: 'nobody', to: [] });
  });
});
