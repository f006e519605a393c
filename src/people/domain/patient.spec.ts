import { contactPoints, demographics, isReachableGuardian } from './patient.js';

const patient = (rest: Partial<fhir4.Patient>): fhir4.Patient => ({ resourceType: 'Patient', ...rest });
const phone: fhir4.ContactPoint = { system: 'phone', value: '13800000001' };
const contact = (relationship: fhir4.CodeableConcept, telecom = [phone]): fhir4.Patient =>
  patient({ contact: [{ relationship: [relationship], telecom }] });

describe('the name of a person', () => {
  it.each<[fhir4.HumanName[] | undefined, string | null]>([
    [undefined, null],
    [[{}], null],
    [[{ text: '测试甲' }], '测试甲'],
    [[{ family: '测', given: ['试', '甲'] }], '测试甲'],
    [[{ family: 'Test', given: ['A', 'B'] }], 'A B Test'],
    [
      [
        { use: 'usual', text: 'usual' },
        { use: 'official', text: 'official' },
      ],
      'official',
    ],
    [
      [
        { use: 'old', text: 'before' },
        { use: 'usual', text: 'now' },
      ],
      'now',
    ],
    [[{ use: 'old', text: 'before' }], 'before'],
    [[{ text: '长'.repeat(300) }], '长'.repeat(255)],
  ])('of %j is %j', (name, expected) => {
    expect(demographics(patient({ name })).name).toBe(expected);
  });
});

describe('what judging needs of a person', () => {
  it.each([
    ['male', 'male'],
    ['female', 'female'],
    ['other', null],
    ['unknown', null],
    [undefined, null],
  ] as const)('takes gender %p as %p: a sex that is not known is not guessed', (gender, sex) => {
    expect(demographics(patient({ gender })).sex).toBe(sex);
  });

  it.each([
    [{}, false],
    [{ deceasedBoolean: false }, false],
    [{ deceasedBoolean: true }, true],
    [{ deceasedDateTime: '2026-03-01' }, true],
  ])('reads %j as deceased: %p', (rest, isDeceased) => {
    expect(demographics(patient(rest)).isDeceased).toBe(isDeceased);
  });
});

describe('a guardian', () => {
  it.each<[string, fhir4.Patient, boolean]>([
    ['by code', contact({ coding: [{ code: 'MTH' }] }), true],
    ['by text', contact({ text: '监护人' }), true],
    ['by the words beside a code', contact({ coding: [{ code: '21', display: '父亲' }] }), true],
    ['not a friend', contact({ text: '朋友', coding: [{ code: 'FRND', display: 'friend' }] }), false],
    ['not without a number', contact({ text: '母亲' }, []), false],
    ['not with an old number alone', contact({ text: '母亲' }, [{ ...phone, use: 'old' }]), false],
    ['not when nobody is named', patient({}), false],
  ])('is known %s', (_, resource, expected) => {
    expect(demographics(resource).hasGuardian).toBe(expected);
  });

  it('may be a RelatedPerson, while that record is active', () => {
    const mother: fhir4.RelatedPerson = {
      resourceType: 'RelatedPerson',
      patient: { reference: 'Patient/1' },
      relationship: [{ coding: [{ code: 'MTH' }] }],
      telecom: [phone],
    };
    expect(isReachableGuardian(mother)).toBe(true);
    expect(isReachableGuardian({ ...mother, active: false })).toBe(false);
    expect(isReachableGuardian({ ...mother, telecom: [] })).toBe(false);
    expect(isReachableGuardian({ ...mother, relationship: [{ coding: [{ code: 'FRND' }] }] })).toBe(false);
  });
});

describe('how a person is reached', () => {
  it('leaves out old numbers and empty ones, and spaces around', () => {
    const telecom: fhir4.ContactPoint[] = [
      { ...phone, value: ' 13800000001 ' },
      { ...phone, use: 'old' },
      { system: 'phone' },
      { value: 'wechat-1' },
    ];
    expect(contactPoints(patient({ telecom }))).toEqual([phone, { system: 'other', value: 'wechat-1' }]);
    expect(contactPoints(patient({}))).toEqual([]);
  });
});
