import { consentFor, UNKNOWN_ACTOR } from './consent.js';
import { relativeReference, type RelativeRecord, withKnownActors } from './consent-actors.js';
import { identifierKey, senderKey } from './identity.js';

const NOW = new Date('2026-03-02T02:00:00.000Z');
const record = (id: string, more: Partial<RelativeRecord> = {}): RelativeRecord => ({
  ...{ id, identityKey: identifierKey('RelatedPerson', 'urn:t', id), senderKey: senderKey('lis', 'RelatedPerson', `s-${id}`) },
  ...{ messageId: 'm1', entry: 0, ...more },
}); // prettier-ignore
/** Two of one name: only the reference tells them apart. */
const MIN = record('min', { entry: 2 });
const AUNT = record('aunt', { messageId: 'm0' });
const called = { names: ['李敏'], identifiers: [] };
const URN = 'urn:uuid:0e6c9f2e-6b3b-4a39-9d9e-0d8f7f6f1a11';
const GONE = 'urn:uuid:0e6c9f2e-6b3b-4a39-9d9e-0d8f7f6f1a12';

const SOURCE = {
  feedId: 'lis',
  messageId: 'm1',
  entryAt: (reference: string) => {
    const resource = { resourceType: 'RelatedPerson', name: [{ text: '李敏' }], identifier: [{ system: 'urn:t', value: 'aunt' }] }; // prettier-ignore
    return reference === URN ? { entry: 2, resource } : reference === GONE ? { entry: 3, resource } : null;
  },
};
const consentTo = (reference: fhir4.Reference, more: Partial<fhir4.Consent> = {}): fhir4.Consent => ({
  ...{ resourceType: 'Consent', status: 'active', scope: {}, category: [] },
  provision: { type: 'permit', actor: [{ role: {}, reference }] },
  ...more,
});
const contained = (resource: Partial<fhir4.RelatedPerson>): Partial<fhir4.Consent> => ({
  contained: [{ resourceType: 'RelatedPerson', id: 'r', patient: {}, ...resource }],
});

/** Which of the two a consent lets hear. */
function heardBy(consent: fhir4.Consent): string[] {
  const known = withKnownActors(consent, SOURCE, [MIN, AUNT]);
  return [MIN, AUNT].flatMap(({ id }) => {
    const relative = { ...called, reference: relativeReference(id) };
    return consentFor([known], relative, NOW, 'Asia/Shanghai') ? id : [];
  });
}

describe('a relative whom a consent names by reference', () => {
  it.each<[string, fhir4.Reference, Partial<fhir4.Consent>, string[]]>([
    ['the sender’s id', { reference: 'RelatedPerson/s-min' }, {}, ['min']],
    ['the sender’s id, by its address', { reference: 'https://lis.example.cn/fhir/RelatedPerson/s-min/_history/2' }, {}, ['min']],
    ['the id that the service gave', { reference: 'RelatedPerson/aunt' }, {}, ['aunt']],
    ['an entry of the same message', { reference: URN }, {}, ['min']],
    ['an entry that is on record since by another message', { reference: GONE }, {}, ['aunt']],
    ['an identifier to be looked for', { reference: 'RelatedPerson?identifier=urn:t%7Caunt' }, {}, ['aunt']],
    ['a contained record with an identifier', { reference: '#r' }, contained({ identifier: [{ system: 'urn:t', value: 'min' }] }), ['min']],
    ['a contained record with a name', { reference: '#r' }, contained({ name: [{ text: '李敏' }] }), ['min', 'aunt']],
    ['a contained record that says nothing', { reference: '#r' }, contained({}), []],
    ['a reference, whatever name stands beside it', { reference: 'RelatedPerson/s-min', display: '李敏' }, {}, ['min']],
    ['a reference that leads nowhere, with a name', { reference: 'RelatedPerson/none', display: '李敏' }, {}, ['min', 'aunt']],
    ['a reference that leads nowhere', { reference: 'RelatedPerson/none' }, {}, []],
    ['a name alone', { display: '李敏' }, {}, ['min', 'aunt']],
    ['a doctor of the same name', { reference: 'Practitioner/1', display: '李敏' }, {}, []],
    ['somebody of the staff of the same name', { type: 'Organization', display: '李敏' }, {}, []],
  ])('%s', (_, reference, more, expected) => {
    expect(heardBy(consentTo(reference, more))).toEqual(expected);
  }); // prettier-ignore

  it('may be refused by it, in a provision within too; whoever is refused and not found may be anybody', () => {
    const all = consentTo({ display: '李敏' });
    const refuses = (reference: fhir4.Reference): string[] => {
      const provision = [{ type: 'deny' as const, actor: [{ role: {}, reference }] }];
      return heardBy({ ...all, provision: { ...all.provision, provision } });
    };
    expect(refuses({ reference: 'RelatedPerson/s-min' })).toEqual(['aunt']);
    expect(refuses({ reference: 'RelatedPerson/none' })).toEqual([]);
    expect(refuses({ reference: 'Practitioner/1' })).toEqual(['min', 'aunt']);
    expect(refuses({ reference: 'RelatedPerson/none', display: '李强' })).toEqual(['min', 'aunt']);
  });

  it('is not the person who consents', () => {
    const own = { reference: 'Patient/p1' };
    const refused = { ...consentTo(own, { patient: own }), provision: { type: 'deny' as const, actor: [{ role: {}, reference: own }] } }; // prettier-ignore
    expect(JSON.stringify(withKnownActors(refused, SOURCE, []))).not.toContain(UNKNOWN_ACTOR);
  });
});
