import { type Happened, restsOn } from './resting.js';

const did = (action: string, more: Partial<Happened> = {}): Happened => ({
  ...{ action, actor: 'user:li', isReached: false, sentTo: [] },
  ...more,
});
const asked = did('escalated', { actor: 'clock', sentTo: ['chen', 'li'] });

describe('a ladder rests', () => {
  it.each<[string, Happened[], boolean]>([
    ['not while nobody has taken it', [did('opened'), asked], false],
    ['while whoever was asked has it', [asked, did('claim')], true],
    ['while they are on the phone', [asked, did('claim'), did('attempt', { isReached: true })], true],
    ['not for somebody who was not asked', [asked, did('claim', { actor: 'user:wang' })], false],
    ['not for somebody who was asked only later', [did('claim'), asked], false],
    ['when they have confirmed that they heard', [asked, did('heard', { actor: 'webhook' })], true],
    ['not once they have given it up', [asked, did('claim'), did('release')], false],
    ['not once the call failed', [asked, did('claim'), did('attempt')], false],
    ['not once another role was asked', [asked, did('claim'), asked], false],
    ['not once something joined', [asked, did('claim'), did('followed')], false],
    ['while whoever was asked and took it over has it', [asked, did('claim', { actor: 'user:wang' }), did('hand-over'), did('accept')], true],
    ['whatever is noted beside it', [asked, did('claim'), did('keep'), did('confirm')], true],
  ])('%s', (_, history, rests) => expect(restsOn(history)).toBe(rests)); // prettier-ignore
});
