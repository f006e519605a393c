import { type IncomingEntry } from './incoming.js';
import { localReference, MessageReferences } from './references.js';

type Subject = fhir4.Reference | undefined;
const entry = (
  resource: object,
  fullUrl: string | null = null,
  chosenId: string | null = null,
): IncomingEntry => ({ resource, fullUrl, chosenId }) as unknown as IncomingEntry;
const observation = (subject: Subject, rest: object = {}): fhir4.Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: {},
  subject,
  ...rest,
});
const A = 'urn:uuid:11111111-1111-4111-8111-111111111111';
const B = 'urn:uuid:22222222-2222-4222-8222-222222222222';
const SYSTEM = 'urn:hospital';

describe('whom a result is about', () => {
  const byUuid = entry({ resourceType: 'Patient' }, A);
  const byId = entry({ resourceType: 'Patient', id: 'p1' }, 'http://lis/fhir/Patient/p1');
  const byPut = entry({ resourceType: 'Patient' }, null, 'p2');
  const group = entry({ resourceType: 'Group', id: 'g1' }, B);
  const references = new MessageReferences([byUuid, byId, byPut, group]);
  const contained = (identifier?: object[]): object => ({
    contained: [{ resourceType: 'Patient', id: 'x', identifier }],
  });
  const about = (subject: Subject, rest = {}): unknown => references.subject(observation(subject, rest));

  it.each<[string, Subject, IncomingEntry]>([
    ['its urn', { reference: A }, byUuid],
    ['its full address', { reference: 'http://lis/fhir/Patient/p1' }, byId],
    ['its type and id', { reference: 'Patient/p1' }, byId],
    ['the id of its PUT', { reference: 'Patient/p2' }, byPut],
  ])('is an entry of the message, by %s', (_, subject, expected) => {
    expect(about(subject)).toEqual({ to: 'entry', entry: expected });
  });

  it.each<[string, Subject, object]>([
    ['nobody without subject', undefined, { to: 'nobody' }],
    ['nobody by an empty one', {}, { to: 'nobody' }],
    ['nobody by a name alone: persons are never matched by name', { display: '测试甲' }, { to: 'nobody' }],
    ['nobody for a group of the message', { reference: B }, { to: 'nobody' }],
    ['nobody for a device', { reference: 'Device/d1' }, { to: 'nobody' }],
    ['an id', { reference: 'Patient/other' }, { to: 'id', id: 'other', identifier: null }],
    ['the id of a version', { reference: 'Patient/o/_history/3' }, { to: 'id', id: 'o', identifier: null }],
    [
      'the id on another server',
      { reference: 'https://x/Patient/o' },
      { to: 'id', id: 'o', identifier: null },
    ],
    [
      'an id with an identifier beside it',
      { reference: 'Patient/o', identifier: { system: SYSTEM, value: '1' } },
      { to: 'id', id: 'o', identifier: { system: SYSTEM, value: '1' } },
    ],
    [
      'an identifier',
      { identifier: { system: SYSTEM, value: '1' } },
      { to: 'identifier', system: SYSTEM, value: '1' },
    ],
    [
      'an identifier where the urn leads nowhere',
      { reference: 'urn:uuid:0', identifier: { system: SYSTEM, value: '1' } },
      { to: 'identifier', system: SYSTEM, value: '1' },
    ],
    [
      'a conditional reference',
      { reference: 'Patient?identifier=urn:hospital|M%2F1' },
      { to: 'identifier', system: SYSTEM, value: 'M/1' },
    ],
    [
      'a conditional reference, encoded throughout',
      { reference: 'Patient?identifier=urn%3Ahospital%7C1' },
      { to: 'identifier', system: SYSTEM, value: '1' },
    ],
    ['missing', { reference: 'urn:uuid:0' }, { to: 'missing', reference: 'urn:uuid:0' }],
  ])('is %s', (_, subject, expected) => {
    expect(about(subject)).toEqual(expected);
  });

  it('is the contained patient’s identifier, or nobody', () => {
    const known = contained([{ value: '9' }, { system: SYSTEM, value: '1' }]);
    expect(about({ reference: '#x' }, known)).toEqual({ to: 'identifier', system: SYSTEM, value: '1' });
    expect(about({ reference: '#x' }, contained())).toEqual({ to: 'nobody' });
    expect(about({ reference: '#y' }, known)).toEqual({ to: 'nobody' });
  });
});

describe('the name of a reference', () => {
  const name = (resource: object, urn: string): string =>
    new MessageReferences([entry(resource, urn)]).stableName(urn);

  it.each([
    ['identifier', { resourceType: 'Specimen', identifier: [{ system: SYSTEM, value: '1' }] }],
    ['single identifier', { resourceType: 'QuestionnaireResponse', identifier: { value: '1' }, status: 'x' }],
    ['id', { resourceType: 'Specimen', id: 's1' }],
    ['content', { resourceType: 'Specimen', type: { text: '尿' } }],
  ])('stays the same under a new urn: by %s', (_, resource) => {
    expect(name(resource, A)).toBe(name(resource, B));
    expect(name(resource, A)).not.toContain('urn:uuid');
  });

  it('tells two nameless specimens of one message apart by what they say', () => {
    const urine = entry({ resourceType: 'Specimen', type: { text: '尿' } }, A);
    const stool = entry({ resourceType: 'Specimen', type: { text: '粪' } }, B);
    const references = new MessageReferences([urine, stool]);
    expect(references.stableName(A)).not.toBe(references.stableName(B));
  });

  it('takes an id that is only the urn’s own for no name', () => {
    const resource = (urn: string): object => ({
      resourceType: 'Specimen',
      id: urn.slice('urn:uuid:'.length),
    });
    expect(name(resource(A), A)).toBe(name(resource(B), B));
  });

  it('ends where resources refer to each other, and to themselves', () => {
    const circle = (a: string, b: string): string =>
      new MessageReferences([
        entry({ resourceType: 'Specimen', request: [{ reference: b }], parent: [{ reference: a }] }, a),
        entry({ resourceType: 'ServiceRequest', specimen: [{ reference: a }] }, b),
      ]).stableName(a);
    expect(circle(A, B)).toBe(circle(B, A));
  });

  it('leaves alone what names no entry', () => {
    const none = new MessageReferences([]);
    for (const reference of [A, 'Specimen/1', '#x']) expect(none.stableName(reference)).toBe(reference);
  });
});

it.each([
  ['Specimen/1', { type: 'Specimen', id: '1' }],
  ['http://x/fhir/Specimen/1/_history/2', { type: 'Specimen', id: '1' }],
  [A, null],
  ['#1', null],
  [undefined, null],
])('the local part of %p is %p', (reference, expected) => {
  expect(localReference(reference)).toEqual(expected);
});
