import { fastingOf, settingOf } from './result-context.js';

const specimen = (collection?: object): fhir4.Specimen => ({ resourceType: 'Specimen', collection });
const duration = (value: number, code: string, unit?: string): fhir4.Specimen =>
  specimen({ fastingStatusDuration: { value, code, unit } });
const encounter = (code: string, rest: object = {}): fhir4.Encounter => ({
  resourceType: 'Encounter',
  status: 'finished',
  class: { code },
  ...rest,
});

describe('fasting, by the specimen', () => {
  it.each([
    ['fasting', specimen({ fastingStatusCodeableConcept: { coding: [{ code: 'F' }] } }), 'fasting'],
    ['not fasting', specimen({ fastingStatusCodeableConcept: { coding: [{ code: 'NF' }] } }), 'postprandial'],
    ['an unknown code', specimen({ fastingStatusCodeableConcept: { coding: [{ code: 'NG' }] } }), null],
    ['fasting in words', specimen({ fastingStatusCodeableConcept: { text: '空腹' } }), 'fasting'],
    ['not fasting in words', specimen({ fastingStatusCodeableConcept: { text: '非空腹' } }), 'postprandial'],
    ['words that may say more', specimen({ fastingStatusCodeableConcept: { text: '空腹与否不明' } }), null],
    ['8 hours', duration(8, 'h'), 'fasting'],
    ['just less', duration(7.99, 'h'), 'postprandial'],
    ['480 minutes', duration(480, 'min'), 'fasting'],
    ['one day', duration(1, 'd'), 'fasting'],
    ['an unknown unit', duration(8, 'wk'), null],
    ['no unit', specimen({ fastingStatusDuration: { value: 8 } }), null],
    ['no collection', specimen(), null],
    ['no specimen', null, null],
  ])('%s', (_, resource, expected) => {
    expect(fastingOf(resource)).toBe(expected);
  });
});

describe('the care setting, by the encounter', () => {
  it.each([
    ['IMP', 'inpatient'],
    ['ACUTE', 'inpatient'],
    ['AMB', 'outpatient'],
    ['EMER', 'emergency'],
    ['HH', 'home'],
    ['VR', null],
  ])('of class %s is %p', (code, expected) => {
    expect(settingOf(encounter(code))).toBe(expected);
  });

  it.each([
    { type: [{ text: '健康体检' }] },
    { type: [{ coding: [{ display: 'Check-up' }] }] },
    { serviceType: { text: '入职体检' } },
  ])('is a checkup by %j, whatever its class', (rest) => {
    expect(settingOf(encounter('AMB', rest))).toBe('checkup');
  });

  it('is unknown without an encounter', () => {
    expect(settingOf(null)).toBeNull();
  });
});
