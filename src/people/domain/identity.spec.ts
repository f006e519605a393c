import { businessIdentifier, identifierKey, identityKey, senderKey } from './identity.js';

const HASH = 'content';
const observation = { resourceType: 'Observation', id: 'o1' };
const barcode = { system: 'urn:lis', value: '1' };
const key = (resource: Parameters<typeof identityKey>[0], feed = 'f1', person = 'p1', hash = HASH): string =>
  identityKey(resource, feed, person, () => hash);

describe('which result it is', () => {
  it('goes by a business identifier before all, for any feed, person and content', () => {
    const identified = { ...observation, identifier: [barcode] };
    expect(key(identified, 'f2', 'p2', 'other')).toBe(key(identified));
    expect(key({ ...identified, id: 'o2' })).toBe(key(identified));
    expect(key(identified)).toBe(identifierKey('Observation', 'urn:lis', '1'));
    expect(key({ ...identified, resourceType: 'DiagnosticReport' })).not.toBe(key(identified));
  });

  it('goes by the sender’s id within feed and person, whatever the content', () => {
    expect(key(observation, 'f1', 'p1', 'other')).toBe(key(observation));
    expect(key(observation, 'f2')).not.toBe(key(observation));
    expect(key(observation, 'f1', 'p2')).not.toBe(key(observation));
  });

  it('goes by person and content when nothing names it, whichever feed sent it', () => {
    const nameless = { resourceType: 'Observation' };
    expect(key(nameless, 'f2')).toBe(key(nameless));
    expect(key(nameless, 'f1', 'p1', 'other')).not.toBe(key(nameless));
    expect(key(nameless, 'f1', 'p2')).not.toBe(key(nameless));
  });

  it('tells apart what only looks alike when written in a row', () => {
    const keys = [
      identifierKey('Observation', 'urn:a', 'bc'),
      identifierKey('Observation', 'urn:ab', 'c'),
      senderKey('f', 'Patient', '1'),
      senderKey('f', 'Specimen', '1'),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it.each([
    [undefined, null],
    [[], null],
    [[{ value: '1' }], null],
    [[{ system: 'urn:lis' }], null],
    [[{ value: '9' }, barcode, { system: 'urn:other', value: '2' }], barcode],
    [barcode, barcode],
  ])('finds in %j the identifier %j', (identifier, expected) => {
    expect(businessIdentifier({ resourceType: 'Observation', identifier })).toEqual(expected);
  });
});
