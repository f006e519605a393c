import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup, type Values } from '../support/checkups.js';
import { bundleOf, MRN, mrnOf, person, quantity, result, resultsOnly } from '../support/messages.js';
import { anticoagulant, condition, familyHistory, ICD10 } from '../support/records.js';
import { reconcile } from '../support/queue.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { RULES_DIR: 'rules' }, modules: [ReconcileModule] });
});
afterAll(() => app.close());

/** What is known of somebody beside a checkup with everything in order. */
interface Told {
  but?: Values;
  /** Results by name: value and unit, or words; with the limits of their report. */
  more?: readonly [name: string, value: number | string, unit?: string, low?: number, high?: number][];
  /** ICD-10 codes on record. */
  has?: readonly string[];
  takes?: readonly string[];
  /** ICD-10 codes that a brother has. */
  family?: readonly string[];
  is?: Partial<fhir4.Patient>;
}
const MAN = { gender: 'male', birthDate: '1976-01-15' } as const;
const HYPERTENSION = 'I10';
const DIABETES = 'E11.9';
const CORONARY = 'I25.1';
const KIDNEY = 'N18.3';
const GOUT = 'M10.9';
const pressure = (systolic: number, diastolic = 76): Told['but'] => ({
  'systolic-bp': systolic,
  'diastolic-bp': diastolic,
});
const fasting = (value: number): Told['but'] => ({ 'glucose-fasting': value });

/** Written from the domain notes (05 §1, §2, §5), not from the rules: what, who, the level that must come of it. */
const TABLE: readonly (readonly [string, Told, string])[] = [
  // Rule 1: each value of §5.
  ['nothing wrong', {}, '5'],
  ['pressure 129/84', { but: pressure(129, 84) }, '5'],
  ['pressure 130', { but: pressure(130) }, '4'],
  ['pressure 118/85', { but: pressure(118, 85) }, '4'],
  ['pressure 89', { but: pressure(89, 60) }, '4'],
  ['pressure 79', { but: pressure(79, 55) }, '2'],
  ['pressure 110/49', { but: pressure(110, 49) }, '4'],
  ['pressure 179', { but: pressure(179) }, '2'],
  ['pressure 180', { but: pressure(180) }, '1'],
  ['pressure 150/110', { but: pressure(150, 110) }, '1'],
  ['fasting 6.0', { but: fasting(6.0) }, '5'],
  ['fasting 6.1', { but: fasting(6.1) }, '4'],
  ['fasting 7.0', { but: fasting(7.0) }, '3'],
  ['fasting 11.1', { but: fasting(11.1) }, '2'],
  ['fasting 16.7', { but: fasting(16.7) }, '1'],
  ['fasting 3.8', { but: fasting(3.8) }, '4'],
  ['fasting 2.8', { but: fasting(2.8) }, '1'],
  ['LDL 3.4', { but: { 'ldl-c': 3.4 } }, '4'],
  ['LDL 4.1', { but: { 'ldl-c': 4.1 } }, '3'],
  ['LDL 4.9', { but: { 'ldl-c': 4.9 } }, '2'],
  ['cholesterol 7.2', { but: { 'cholesterol-total': 7.2 } }, '2'],
  ['triglycerides 5.6', { but: { triglycerides: 5.6 } }, '2'],
  ['triglycerides 11.3', { but: { triglycerides: 11.3 } }, '1'],
  ['HDL 0.9', { but: { 'hdl-c': 0.9 } }, '4'],
  ['BMI 29 alone', { but: { bmi: 29 } }, '4'],
  ['BMI 33', { but: { bmi: 33 } }, '3'],
  ['BMI 37.5', { but: { bmi: 37.5 } }, '2'],
  ['BMI 15.9', { but: { bmi: 15.9 } }, '3'],
  ['haemoglobin 114, woman who may be pregnant', { but: { hb: 114 } }, '4–5'],
  ['haemoglobin 114, woman of 60', { but: { hb: 114 }, is: { birthDate: '1965-01-15' } }, '4'],
  ['haemoglobin 95, woman who may be pregnant', { but: { hb: 95 } }, '3'],
  ['haemoglobin 109, woman who may be pregnant', { but: { hb: 109 } }, '3–4'],
  ['haemoglobin 109, woman of 60', { but: { hb: 109 }, is: { birthDate: '1965-01-15' } }, '3'],
  ['haemoglobin 95, sex not known', { but: { hb: 95 }, is: { gender: 'unknown' } }, '3'],
  ['haemoglobin 89, woman', { but: { hb: 89 } }, '2'],
  ['haemoglobin 60', { but: { hb: 60 } }, '1'],
  ['haemoglobin 119, man', { but: { hb: 119 }, is: MAN }, '3'],
  ['haemoglobin 125, man', { but: { hb: 125 }, is: MAN }, '4'],
  ['haemoglobin 125, sex not known', { but: { hb: 125 }, is: { gender: 'unknown' } }, '4–5'],
  ['white cells 3.0', { but: { wbc: 3.0 } }, '3'],
  ['white cells 3.1', { but: { wbc: 3.1 } }, '4'],
  ['white cells 15.0', { but: { wbc: 15.0 } }, '3'],
  ['white cells 29.9', { but: { wbc: 29.9 } }, '3'],
  // A critical value of class A is level 1, whatever the row says.
  ['white cells 30.0', { but: { wbc: 30.0 } }, '1'],
  ['white cells 1.0', { but: { wbc: 1.0 } }, '1'],
  ['platelets 89', { but: { plt: 89 } }, '3'],
  ['platelets 90', { but: { plt: 90 } }, '4'],
  ['platelets 50', { but: { plt: 50 } }, '2'],
  ['platelets 30', { but: { plt: 30 } }, '1'],
  ['platelets 400', { but: { plt: 400 } }, '3'],
  ['platelets 1000', { but: { plt: 1000 } }, '1'],
  ['urate 421', { more: [['尿酸', 421, 'umol/L']] }, '4'],
  ['urate 540', { more: [['尿酸', 540, 'umol/L']] }, '2'],
  ['ALT 41 of 40', { more: [['丙氨酸氨基转移酶', 41, 'U/L', 0, 40]] }, '4'],
  ['ALT 81 of 40', { more: [['丙氨酸氨基转移酶', 81, 'U/L', 0, 40]] }, '3'],
  ['ALT 201 of 40', { more: [['丙氨酸氨基转移酶', 201, 'U/L', 0, 40]] }, '2'],
  ['ALT 600 of 40', { more: [['丙氨酸氨基转移酶', 600, 'U/L', 0, 40]] }, '1'],
  ['PSA 4.1, man', { more: [['总前列腺特异性抗原', 4.1, 'ng/mL', 0, 4]], is: MAN }, '2'],
  ['PSA 20, man', { more: [['总前列腺特异性抗原', 20, 'ng/mL', 0, 4]], is: MAN }, '1'],
  ['CEA 5.1 of 5', { more: [['癌胚抗原', 5.1, 'ng/mL', 0, 5]] }, '2'],
  ['heart rate 45', { more: [['心率', 45, '/min']] }, '1'],
  ['urine protein ±', { but: { 'urine-protein': '±' } }, '4'],
  ['urine protein +', { but: { 'urine-protein': '+' } }, '3'],
  // Rule 5: known and controlled, known and not, treated without a record.
  ['known hypertension at 124', { but: pressure(124), has: [HYPERTENSION] }, '5'],
  ['known hypertension at 135', { but: pressure(135), has: [HYPERTENSION] }, '4'],
  ['known hypertension at 150', { but: pressure(150), has: [HYPERTENSION] }, '3'],
  ['treated, no record, at 165', { but: pressure(165), takes: ['氨氯地平片'] }, '2'],
  [
    'known hypertension with kidney disease, at target',
    { but: pressure(124), has: [HYPERTENSION, KIDNEY] },
    '2',
  ],
  ['known diabetes, fasting 6.9', { but: fasting(6.9), has: [DIABETES] }, '5'],
  ['known diabetes, fasting 7.0', { but: fasting(7.0), has: [DIABETES] }, '3'],
  ['known diabetes, fasting 10.0', { but: fasting(10.0), has: [DIABETES] }, '2'],
  ['known diabetes, fasting 4.3', { but: fasting(4.3), has: [DIABETES] }, '4'],
  ['known diabetes, fasting 3.9', { but: fasting(3.9), has: [DIABETES] }, '1'],
  ['treated, no record, fasting 7.5', { but: fasting(7.5), takes: ['二甲双胍'] }, '3'],
  ['HbA1c 6.9, new', { more: [['糖化血红蛋白', 6.9, '%']] }, '3'],
  ['HbA1c 6.9 in diabetes', { more: [['糖化血红蛋白', 6.9, '%']], has: [DIABETES], but: fasting(6.5) }, '5'],
  ['HbA1c 9.0 in diabetes', { more: [['糖化血红蛋白', 9.0, '%']], has: [DIABETES], but: fasting(6.5) }, '2'],
  ['diabetes and LDL 2.6 at 50', { but: { ...fasting(6.5), 'ldl-c': 2.6 }, has: [DIABETES], is: MAN }, '4'],
  ['coronary disease, LDL 1.7', { but: { 'ldl-c': 1.7 }, has: [CORONARY] }, '2'],
  ['gout, urate 359', { more: [['尿酸', 359, 'umol/L']], has: [GOUT] }, '5'],
  ['gout, urate 360', { more: [['尿酸', 360, 'umol/L']], has: [GOUT] }, '3'],
  ['gout, urate 480', { more: [['尿酸', 480, 'umol/L']], has: [GOUT] }, '2'],
  ['BMI 29 with hypertension at target', { but: { ...pressure(124), bmi: 29 }, has: [HYPERTENSION] }, '3'],
  ['BMI 29 with a pressure of 145', { but: { ...pressure(145), bmi: 29 } }, '3'],
  // The Chinese diabetes score (06 §5): 13 + 1 + 1 + 5 + 2 points, with a family history 6 more.
  ['man of 50, waist 84', { more: [['腰围', 84, 'cm']], is: MAN }, '5'],
  [
    'man of 50, waist 84, diabetes in the family',
    { more: [['腰围', 84, 'cm']], family: [DIABETES], is: MAN },
    '4',
  ],
  // Rules 2 and 3: class A, class B, the telephone list.
  ['potassium 2.4', { more: [['钾', 2.4, 'mmol/L', 3.5, 5.3]] }, '1'],
  ['creatine kinase 2100', { more: [['肌酸激酶', 2100, 'U/L', 0, 200]] }, '3'],
  ['stool blood positive', { more: [['粪便隐血', '阳性']] }, '2'],
  // Rule 10: no row of its own.
  ['albumin 38 of 40–55', { more: [['白蛋白', 38, 'g/L', 40, 55]] }, '4'],
  ['albumin 41 of 40–55', { more: [['白蛋白', 41, 'g/L', 40, 55]] }, '5'],
  ['albumin 38 without an interval', { more: [['白蛋白', 38, 'g/L']] }, '5'],
  // Rule 4, and minors.
  ['no urine', { but: { 'urine-protein': null } }, '3–5'],
  ['no creatinine, LDL 4.9', { but: { creatinine: null, 'ldl-c': 4.9 } }, '1–2'],
  ['creatinine 445', { but: { creatinine: 445 } }, '1'],
  ['17 years old with a pressure of 190', { but: pressure(190), is: { birthDate: '2010-01-01' } }, 'unknown'],
];

async function send(patient: fhir4.Patient, resources: readonly fhir4.FhirResource[]): Promise<void> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, resources));
  if (status !== 200) throw new Error(`${status} ${text}`);
}

async function levelOf(patient: fhir4.Patient): Promise<string> {
  const [level] = await app.search<fhir4.RiskAssessment>('RiskAssessment', {
    'patient.identifier': `${MRN}|${mrnOf(patient)}`,
  });
  return level!.prediction![0]!.qualitativeRisk!.text!;
}

function resourcesOf(
  { but, more = [], has = [], takes = [], family = [] }: Told,
  mrn: string,
): fhir4.FhirResource[] {
  const beside = more.map(([text, value, unit, low, high]) => {
    const range =
      high === undefined
        ? {}
        : { referenceRange: [{ low: quantity(low!, unit!), high: quantity(high, unit!) }] };
    const measured =
      typeof value === 'number' ? { valueQuantity: quantity(value, unit!) } : { valueString: value };
    return result({ code: { text }, ...measured, ...range });
  });
  const records = has.map((code, i) => condition(`c-${i}-${mrn}`, mrn, { code, recordedDate: '2020-01-01' }));
  const drugs = takes.map((text, i) =>
    anticoagulant(`m-${i}-${mrn}`, mrn, {
      medicationCodeableConcept: { text },
      effectivePeriod: { start: '2020-01-01' },
    }),
  );
  const relatives = family.map((code, i) =>
    familyHistory(`f-${i}-${mrn}`, mrn, { condition: [{ code: { coding: [{ system: ICD10, code }] } }] }),
  );
  return [...records, ...drugs, ...relatives, ...checkup(but), ...beside];
}

it.each(TABLE)('%s', async (_, told, expected) => {
  const patient = person(undefined, told.is);
  await send(patient, resourcesOf(told, mrnOf(patient)));
  expect(await levelOf(patient)).toBe(expected);
});

it('in whatever order, split or sent twice: the same levels', async () => {
  for (const [name, told, expected] of TABLE.filter(
    ([, one], i) => i % 7 === 0 || one.has || one.takes || one.family,
  )) {
    const patient = person(undefined, told.is);
    const mrn = mrnOf(patient);
    const resources = resourcesOf(told, mrn).reverse();
    const all = resources.filter(({ resourceType }) => resourceType === 'Observation');
    // What is on record comes last, and alone: it moves the level by itself.
    const records = resources.filter((one) => !all.includes(one));
    await send(patient, all.slice(0, 5));
    for (const one of [all.slice(9), all.slice(5, 9), all.slice(0, 2), records])
      await app.post('/fhir', resultsOnly(one.map((each) => withSubject(each, patient))));
    expect([name, await levelOf(patient)]).toEqual([name, expected]);
  }
  expect(await reconcile(app)).toEqual([]);
});

function withSubject(resource: fhir4.FhirResource, patient: fhir4.Patient): fhir4.FhirResource {
  const subject = { identifier: { system: MRN, value: mrnOf(patient) } };
  return resource.resourceType === 'FamilyMemberHistory' || ('subject' in resource && resource.subject)
    ? resource
    : ({ ...resource, subject } as fhir4.FhirResource);
}
