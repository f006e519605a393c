import { referenceIndex } from './message-references.js';
import { referencesOf, renderStored } from './render-stored.js';

const keeping = {
  id: 'o1',
  version: 3,
  lastUpdated: new Date('2026-03-01T00:00:00.000Z'),
  personId: 'p1',
};
const sent: fhir4.Observation = {
  resourceType: 'Observation',
  id: 'theirs',
  meta: { versionId: '17', lastUpdated: '2020-01-01T00:00:00Z', profile: ['urn:profile'] },
  status: 'final',
  code: { text: '白细胞' },
  subject: { reference: 'urn:uuid:patient', display: '张三' },
  encounter: { reference: 'urn:uuid:encounter' },
  specimen: { reference: '#tube' },
  performer: [{ reference: 'urn:uuid:nobody', display: '检验科' }, { reference: 'Practitioner/7' }],
  contained: [
    { resourceType: 'Specimen', id: 'tube', subject: { reference: 'urn:uuid:patient' } } as fhir4.Specimen,
  ],
};
const resolve = (reference: string) =>
  ({ 'urn:uuid:patient': 'Patient/p1', 'urn:uuid:encounter': 'Encounter/e1' })[reference] ?? null;

describe('a stored resource', () => {
  it('has the id, version and time of the service, and the profile of the sender', () => {
    const shown = renderStored(sent, keeping, resolve);
    expect(shown.id).toBe('o1');
    expect(shown.meta).toEqual({
      profile: ['urn:profile'],
      versionId: '3',
      lastUpdated: '2026-03-01T00:00:00.000Z',
    });
  });

  it('refers to its person and to what was stored with it, and lets no reference of the message out', () => {
    const shown = renderStored(sent, keeping, resolve) as fhir4.Observation;
    expect(shown.subject).toEqual({ reference: 'Patient/p1', display: '张三' });
    expect(shown.encounter).toEqual({ reference: 'Encounter/e1' });
    expect(shown.specimen).toEqual({ reference: '#tube' });
    expect(shown.performer).toEqual([{ display: '检验科' }, { reference: 'Practitioner/7' }]);
    expect(JSON.stringify(shown)).not.toContain('urn:uuid');
  });

  it('names the person also where the sender gave only an identifier', () => {
    const shown = renderStored(
      { ...sent, subject: { identifier: { system: 'urn:mrn', value: '42' } } },
      keeping,
      resolve,
    ) as fhir4.Observation;
    expect(shown.subject).toEqual({
      identifier: { system: 'urn:mrn', value: '42' },
      reference: 'Patient/p1',
    });
  });

  it('has no subject while its person is not known', () => {
    const shown = renderStored(sent, { ...keeping, personId: null }, () => null) as fhir4.Observation;
    expect(shown.subject).toEqual({ display: '张三' });
  });

  it.each([
    ['RelatedPerson', 'patient'],
    ['Encounter', 'subject'],
  ])('%s speaks of its person in %s', (resourceType, element) => {
    expect(renderStored({ resourceType }, keeping, resolve)).toMatchObject({
      [element]: { reference: 'Patient/p1' },
    });
  });

  it('keeps its elements as they were sent', () => {
    const { subject: _s, encounter: _e, performer: _p, contained: _c, meta: _m, id: _i, ...others } = sent;
    expect(renderStored(sent, keeping, resolve)).toMatchObject(others);
  });
});

describe('references of a message', () => {
  const find = referenceIndex({
    resourceType: 'Bundle',
    entry: [
      { fullUrl: 'urn:uuid:a', resource: { resourceType: 'Patient' } },
      { fullUrl: 'http://lis/fhir/Encounter/7', resource: { resourceType: 'Encounter', id: '7' } },
      { fullUrl: 'urn:uuid:c', resource: { resourceType: 'Specimen', id: 's' } },
      {},
    ],
  });

  it.each([
    ['urn:uuid:a', 0, null],
    ['http://lis/fhir/Encounter/7', 1, { type: 'Encounter', id: '7' }],
    ['Encounter/7', 1, { type: 'Encounter', id: '7' }],
    ['Encounter/7/_history/2', 1, { type: 'Encounter', id: '7' }],
    ['urn:uuid:c', 2, { type: 'Specimen', id: 's' }],
    ['Encounter/8', null, { type: 'Encounter', id: '8' }],
    ['urn:uuid:z', null, null],
    ['nonsense', null, null],
  ])('%s leads to entry %j, by its sender %j', (reference, entry, sender) => {
    expect(find(reference)).toEqual({ entry, sender });
  });

  it('are found wherever they stand', () => {
    expect(referencesOf(sent).sort()).toEqual(
      [
        '#tube',
        'Practitioner/7',
        'urn:uuid:encounter',
        'urn:uuid:nobody',
        'urn:uuid:patient',
        'urn:uuid:patient',
      ].sort(),
    );
  });
});
