import fc from 'fast-check';
import { identityKey } from './identity.js';
import { isPlaced, possibleKeys, resultIdentifierKeys, resultKey, resultKeyWithId } from './result-key.js';

const HASH = 'content';
const SYSTEM = 'urn:lis';
const observation = { resourceType: 'Observation', id: 'o1' };
const numbered = (value: string): typeof observation & { identifier: object[] } => ({
  ...observation,
  identifier: [{ system: SYSTEM, value }],
});
const key = (resource: Parameters<typeof resultKey>[0], feed = 'f1', scope = 'p1', hash = HASH): string =>
  resultKey(resource, feed, scope, () => hash);
const place = (of: string): string => of.slice(0, 6);

describe('the key of a result', () => {
  it('tells apart what its identity tells apart, and nothing else', () => {
    const part = fc.constantFrom('a', 'b');
    const result = fc.record({
      id: fc.option(part, { nil: undefined }),
      identifier: fc.option(
        part.map((value) => [{ system: SYSTEM, value }]),
        { nil: undefined },
      ),
      feed: part,
      scope: part,
      hash: part,
    });
    fc.assert(
      fc.property(result, result, (one, other) => {
        const keys = [one, other].map(({ feed, scope, hash, ...resource }) => {
          const identified = { resourceType: 'Observation', ...resource };
          return {
            plain: identityKey(identified, feed, scope, () => hash),
            placed: key(identified, feed, scope, hash),
          };
        });
        expect(keys[0]!.placed === keys[1]!.placed).toBe(keys[0]!.plain === keys[1]!.plain);
        expect(keys[0]!.placed).toMatch(/^~[\w-]{26}$/);
      }),
    );
  });

  it.each([
    ['TJ20260301-0042-WBC', 'TJ20260301-0042-HGB'],
    ['8800123401', '8800123417'],
    ['X1/7', 'X1/12'],
  ])('lies beside that of the next test of the order: %s and %s', (one, other) => {
    expect(key(numbered(one))).not.toBe(key(numbered(other)));
    expect(place(key(numbered(one)))).toBe(place(key(numbered(other))));
  });

  it('lies beside the others of its person, where no number is sent, and far from another person’s', () => {
    const nameless = { resourceType: 'Observation' };
    expect(place(key(observation))).toBe(place(key({ ...observation, id: 'o2' })));
    expect(place(key(observation))).toBe(place(key(nameless)));
    expect(place(key(observation))).not.toBe(place(key(observation, 'f1', 'p2')));
    expect(place(key(numbered('A-1')))).not.toBe(place(key(numbered('B-1'))));
  });

  it('stays beside them when the id joins it', () => {
    const plain = key(numbered('A-1'));
    expect(place(resultKeyWithId(plain, { ...observation, id: 'o1' }))).toBe(place(plain));
    expect(resultKeyWithId(plain, { ...observation, id: 'o1' })).not.toBe(
      resultKeyWithId(plain, { ...observation, id: 'o2' }),
    );
  });

  it('may be one of four: with the id in it or not, placed or as version 0.1.0 wrote it', () => {
    const sent = numbered('A-1');
    const keys = possibleKeys(sent, 'f1', 'p1', () => HASH);
    const former = identityKey(sent, 'f1', 'p1', () => HASH);
    expect(keys).toEqual([
      key(sent),
      resultKeyWithId(key(sent), sent),
      former,
      resultKeyWithId(former, sent),
    ]);
    expect(keys.map(isPlaced)).toEqual([true, true, false, false]);
    expect(resultIdentifierKeys('Observation', { system: SYSTEM, value: 'A-1' })).toEqual([
      key(sent),
      former,
    ]);
  });
});
