import fc from 'fast-check';
import { maskText } from '../../people/domain/mask-text.js';
import { mask } from './mask.js';

const PHONE = '13800004471';
const IDENTITY = '110101197506011234';

describe('what a key of scope read sees', () => {
  it.each([
    [PHONE, '138****4471'],
    ['+86 138 0000 4471', '+86****4471'],
    ['010-6552 1234', '010****1234'],
    ['65521234', '****34'],
    ['120', '****'],
    ['zhang@example.cn', 'z****@****'],
  ])('%s becomes %s', (text, shown) => {
    expect(maskText(text)).toBe(shown);
  });

  const patient: fhir4.Patient = {
    resourceType: 'Patient',
    identifier: [
      { system: 'urn:mrn', value: 'P-110101' },
      { system: 'urn:oid:2.16.156.10011.1.3', value: IDENTITY },
      { type: { coding: [{ code: 'PPN' }] }, value: 'E12345678' },
      { type: { coding: [{ code: 'NNCHN' }] }, value: 'H1234567890' },
      { system: 'urn:other', value: IDENTITY },
    ],
    name: [{ text: '张三' }],
    telecom: [{ system: 'phone', value: PHONE, use: 'mobile' }],
    address: [
      {
        line: ['东单1号'],
        district: '东城区',
        city: '北京市',
        text: '北京市东城区东单1号',
        postalCode: '100005',
      },
    ],
    photo: [{ url: 'https://a.example/face.jpg' }],
    text: { status: 'generated', div: `<div>${PHONE}</div>` },
    contact: [{ name: { text: '李四' }, telecom: [{ value: PHONE }], address: { line: ['东单1号'] } }],
    extension: [
      { url: 'urn:birth-place', valueAddress: { line: ['东单1号'], city: '北京市' } },
      { url: 'urn:other-phone', valueContactPoint: { value: PHONE } },
      { url: 'urn:card', valueIdentifier: { system: 'urn:x', value: IDENTITY } },
    ],
    contained: [
      {
        resourceType: 'RelatedPerson',
        id: 'r',
        patient: {},
        telecom: [{ value: PHONE }],
      } as fhir4.RelatedPerson,
    ],
  };

  it('holds no phone number, street or identity number anywhere', () => {
    const text = JSON.stringify(mask(patient));
    for (const secret of [
      PHONE,
      IDENTITY,
      'E12345678',
      'H1234567890',
      '东单',
      '东城区',
      '100005',
      'face.jpg',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('still says who it is: name, record number, city', () => {
    const shown = mask(patient);
    expect(shown.name).toEqual([{ text: '张三' }]);
    expect(shown.identifier?.[0]).toEqual({ system: 'urn:mrn', value: 'P-110101' });
    expect(shown.address).toEqual([{ city: '北京市', text: '****' }]);
    expect(shown.telecom).toEqual([{ system: 'phone', value: '138****4471', use: 'mobile' }]);
  });

  it('leaves the resource itself as it was', () => {
    const before = structuredClone(patient);
    mask(patient);
    expect(patient).toEqual(before);
  });

  it('hides the identity number that a result refers to its person by, and keeps the result', () => {
    const observation: fhir4.Observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: '白细胞' },
      identifier: [{ system: 'urn:lis', value: '2026030112345678' }],
      subject: { identifier: { system: 'urn:sfz', value: IDENTITY } },
      valueQuantity: { value: 2.9, unit: '10*9/L' },
    };
    const shown = mask(observation);
    expect(JSON.stringify(shown)).not.toContain(IDENTITY);
    expect(shown).toEqual({
      ...observation,
      subject: { identifier: { system: 'urn:sfz', value: '110****1234' } },
    });
  });

  it('is made from anything that may stand in a resource', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('telecom', 'address', 'identifier', 'text', 'photo', 'a'),
          fc.jsonValue(),
        ),
        (resource) => {
          JSON.stringify(mask(resource));
        },
      ),
    );
  });
});
