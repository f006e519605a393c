import { type DoubtReason, type Measurement } from '../../kernel/index.js';
import { isOutdated, type Listed } from './counted-before.js';

const item = (reason: DoubtReason, component = 0): Listed => ({ observationId: 'o1', component, reason });
const read = (...reasons: DoubtReason[]): { measurements: never[] } => ({
  measurements: [
    { component: 0, doubts: reasons.map((reason) => ({ reason, detail: '' })) } as unknown as Measurement,
  ] as never[],
});

describe('an item of data quality after the rules have changed', () => {
  it.each<[string, Listed, ReturnType<typeof read>, Listed[], boolean]>([
    ['that only rules of before have counted goes', item('fasting-unknown'), read(), [], true],
    ['that the rules still count stays', item('fasting-unknown'), read(), [item('fasting-unknown')], false],
    [
      'that is counted of another component goes',
      item('fasting-unknown'),
      read(),
      [item('fasting-unknown', 1)],
      true,
    ],
    ['that was found in reading stays', item('unknown-unit'), read('unknown-unit'), [], false],
    ['about the person stays', item('no-person'), read(), [], false],
    ['about the time stays', item('no-time'), read(), [], false],
    ['about a time in the future stays', item('implausible'), read(), [], false],
  ])('%s', (_, listed, result, counted, expected) => {
    expect(isOutdated(listed, result, counted)).toBe(expected);
  });

  it('of a result that is not judged here stays', () => {
    expect(isOutdated(item('fasting-unknown'), undefined, [])).toBe(false);
  });
});
