import { type Relative } from '../../people/index.js';
import { whomToAsk } from './whom-to-ask.js';

const phone = (value: string): Relative['contacts'] => [{ system: 'phone', value }];
const PERSON = {
  ...{ name: '李建国', sex: 'male' as const, language: null as Relative['language'], isMinor: false },
  contacts: phone('138 1234 4471'),
};
const CHILD = { ...PERSON, isMinor: true };
const END = new Date('2026-12-31T15:59:59.999Z');
const relative = (more: Partial<Relative> = {}): Relative => ({
  ...{ name: '李敏', sex: 'female', language: 'en', isGuardian: false, contacts: phone('13900001111') },
  consent: { isNamed: true, until: END },
  ...more,
});
const SMS_FIRST = ['sms', 'email'] as const;

describe('who is asked to ring', () => {
  it('is the person, at a number as it is dialled', () => {
    expect(whomToAsk('person', PERSON, [relative()], SMS_FIRST)).toEqual({
      to: [{ name: '李建国', sex: 'male', language: null, channel: 'sms', address: '13812344471' }],
      because: [],
    });
  });

  it('is a relative whom a consent names until its end', () => {
    expect(whomToAsk('family', PERSON, [relative()], SMS_FIRST).to).toMatchObject([{ name: '李敏', language: 'en', address: '13900001111' }]);
  }); // prettier-ignore

  it.each<[string, 'person' | 'family' | 'guardian', typeof PERSON, Relative[], string]>([
    ['nobody consented to', 'family', PERSON, [relative({ consent: null })], 'no-consent'],
    ['not by name', 'family', PERSON, [relative({ consent: { isNamed: false, until: END } })], 'not-named'],
    ['without an end', 'family', PERSON, [relative({ consent: { isNamed: true, until: null } })], 'no-end'],
    ['of a child', 'family', CHILD, [relative({ isGuardian: true })], 'minor'],
    ['a child', 'person', CHILD, [], 'minor'],
    ['who guards a grown person', 'guardian', PERSON, [relative({ isGuardian: true })], 'not-a-minor'],
    ['who is no guardian', 'guardian', CHILD, [relative()], 'nobody'],
    ['without a number', 'family', PERSON, [relative({ contacts: [] })], 'no-address'],
    ['with a number that is none', 'family', PERSON, [relative({ contacts: phone('none') })], 'no-address'],
    ['who is not on record', 'family', PERSON, [], 'nobody'],
  ])('is not somebody %s', (_, to, person, relatives, because) => {
    expect(whomToAsk(to, person, relatives, SMS_FIRST)).toEqual({ to: [], because: [because] });
  });

  it('is a child’s guardian, without a consent', () => {
    const guardian = relative({ isGuardian: true, consent: null });
    expect(whomToAsk('guardian', CHILD, [guardian], SMS_FIRST).to).toHaveLength(1);
  });

  it('is one of two who share a number, by e-mail where that is what they have or what is set up', () => {
    const both = [relative(), relative({ name: '李强' })];
    expect(whomToAsk('family', PERSON, both, SMS_FIRST).to).toHaveLength(1);
    const mail = { system: 'email', value: 'li@example.cn' };
    const [one] = whomToAsk('family', PERSON, [relative({ contacts: [mail] })], SMS_FIRST).to;
    expect(one).toMatchObject({ channel: 'email', address: 'li@example.cn' });
    const either = [relative({ contacts: [...phone('13900001111'), mail] })];
    expect(whomToAsk('family', PERSON, either, ['email', 'sms']).to).toMatchObject([{ channel: 'email' }]);
  });
});
