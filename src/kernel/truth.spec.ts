import fc from 'fast-check';
import { all, any, not, type Truth } from './truth.js';

const TRUTHS: Truth[] = ['fires', 'silent', 'unknown'];
const truth = fc.constantFrom(...TRUTHS);
const truths = fc.array(truth, { maxLength: 6 });

describe('three-valued truth', () => {
  it.each<[Truth[], Truth, Truth]>([
    [[], 'fires', 'silent'],
    [['fires', 'unknown'], 'unknown', 'fires'],
    [['silent', 'unknown'], 'silent', 'unknown'],
    [['fires', 'silent'], 'silent', 'fires'],
    [['unknown', 'unknown'], 'unknown', 'unknown'],
  ])('all of %j is %s, any is %s', (list, conjunction, disjunction) => {
    expect([all(list), any(list)]).toEqual([conjunction, disjunction]);
  });

  it('keeps De Morgan’s laws, in any order', () => {
    fc.assert(
      fc.property(truths, (list) => {
        expect(not(all(list))).toBe(any(list.map(not)));
        expect(all([...list].reverse())).toBe(all(list));
        expect(list.map(not).map(not)).toEqual(list);
      }),
    );
  });

  it('only becomes surer: filling in what is unknown never turns a decided outcome', () => {
    fc.assert(
      fc.property(truths, fc.boolean(), (list, value) => {
        const filled = list.map((one) => (one === 'unknown' ? (value ? 'fires' : 'silent') : one));
        for (const join of [all, any]) if (join(list) !== 'unknown') expect(join(filled)).toBe(join(list));
      }),
    );
  });
});
