import { type TestApp } from './app.js';
import { bundleOf, daysBefore, loinc, MRN, mrnOf, quantity, result } from './messages.js';

/** What a whole checkup measures, each within its reference interval; the limits are the report's own. */
const NORMAL = {
  'systolic-bp': ['8480-6', 118, 'mm[Hg]'],
  'diastolic-bp': ['8462-4', 76, 'mm[Hg]'],
  bmi: ['39156-5', 22.1, 'kg/m2'],
  'glucose-fasting': ['14771-0', 5.1, 'mmol/L'],
  'cholesterol-total': ['14647-2', 4.6, 'mmol/L'],
  triglycerides: ['14927-8', 1.1, 'mmol/L'],
  'ldl-c': ['22748-8', 2.4, 'mmol/L'],
  'hdl-c': ['14646-4', 1.4, 'mmol/L'],
  creatinine: ['14682-9', 62, 'umol/L', 81],
  hb: ['718-7', 132, 'g/L'],
  wbc: ['6690-2', 5.6, '10*9/L'],
  plt: ['777-3', 230, '10*9/L'],
} as const satisfies Record<string, readonly [string, number, string, number?]>;
const DIPSTICK = { 'urine-protein': '20454-5', 'urine-glucose': '25428-4', 'urine-blood': '5794-3' };
export type Measure = keyof typeof NORMAL | keyof typeof DIPSTICK;
/** What of a checkup is other than healthy; null was not measured. */
export type Values = Partial<Record<Measure, number | string | null>>;

/** Results of a checkup so many days ago: everything of the basic set as a healthy woman of forty has it, but for what is said. */
export function checkup(but: Values = {}, days = 0): fhir4.Observation[] {
  const at = { effectiveDateTime: daysBefore(days), issued: daysBefore(days) };
  const numbers = Object.entries(NORMAL).flatMap(([name, [code, normal, unit, high]]) => {
    const value = name in but ? but[name as Measure] : normal;
    if (value == null) return [];
    const range = high === undefined ? {} : { referenceRange: [{ high: quantity(high, unit) }] };
    return result({ code: loinc(code), valueQuantity: quantity(Number(value), unit), ...range, ...at });
  });
  const grades = Object.entries(DIPSTICK).flatMap(([name, code]) => {
    const value = name in but ? but[name as Measure] : '阴性';
    return value == null ? [] : result({ code: loinc(code), valueString: String(value), ...at });
  });
  return [...numbers, ...grades];
}

/** Sends a checkup, and what else was found. @returns the person's id */
export async function sendCheckup(
  app: TestApp,
  patient: fhir4.Patient,
  but: Values,
  { days = 0, more = [] }: { days?: number; more?: readonly fhir4.FhirResource[] } = {},
): Promise<string> {
  const { status, text } = await app.post('/fhir', bundleOf(patient, [...checkup(but, days), ...more]));
  if (status !== 200) throw new Error(`${status} ${text}`);
  const [found] = await app.search<fhir4.Patient>('Patient', { identifier: `${MRN}|${mrnOf(patient)}` });
  return found!.id!;
}
