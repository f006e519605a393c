import { randomUUID } from 'node:crypto';
import { TEST_NOW } from './app.js';

export const MRN = 'urn:test:mrn';
export const ORDER = 'urn:test:order';
const LOINC = 'http://loinc.org';
const UCUM = 'http://unitsofmeasure.org';

/** The analytes that stories speak of, as a laboratory that uses LOINC and UCUM sends them. */
const ANALYTES = {
  wbc: ['6690-2', '10*9/L'],
  rbc: ['789-8', '10*12/L'],
  plt: ['777-3', '10*9/L'],
  hb: ['718-7', 'g/L'],
  ck: ['2157-6', 'U/L'],
  creatinine: ['14682-9', 'umol/L'],
  glucoseFasting: ['14771-0', 'mmol/L'],
  glucoseRandom: ['14749-6', 'mmol/L'],
  cea: ['2039-6', 'ng/mL'],
} as const;
export type AnalyteName = keyof typeof ANALYTES;

let sequence = 0;
/** A value that no other test uses. */
export function unique(prefix: string): string {
  return `${prefix}-${++sequence}`;
}

/** A 40-year-old woman with a phone, known by her number; say only what matters. */
export function person(mrn = unique('P'), more: Partial<fhir4.Patient> = {}): fhir4.Patient {
  return {
    resourceType: 'Patient',
    identifier: [{ system: MRN, value: mrn }],
    name: [{ text: '测试客户' }],
    gender: 'female',
    birthDate: '1986-01-15',
    telecom: [{ system: 'phone', value: '13800000000' }],
    ...more,
  };
}

export function mrnOf(patient: fhir4.Patient): string {
  return patient.identifier!.find(({ system }) => system === MRN)!.value!;
}

export function loinc(code: string): fhir4.CodeableConcept {
  return { coding: [{ system: LOINC, code }] };
}

export function quantity(value: number, code: string): fhir4.Quantity {
  return { value, unit: code, system: UCUM, code };
}

/** A final result, effective and issued now, known by an order number of its own. */
export function observation(
  measured: Partial<Record<AnalyteName, number>>,
  more: Partial<fhir4.Observation> = {},
): fhir4.Observation {
  const [name, value] = Object.entries(measured)[0] as [AnalyteName, number];
  const [code, unit] = ANALYTES[name];
  return result({ code: loinc(code), valueQuantity: quantity(value, unit), ...more });
}

/** A result of any code and value. */
export function result(content: Partial<fhir4.Observation>): fhir4.Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    identifier: [{ system: ORDER, value: unique('O') }],
    code: {},
    effectiveDateTime: TEST_NOW,
    issued: TEST_NOW,
    ...content,
  };
}

/** A transaction of one person and what is about them, under fresh `urn:uuid`s; the Patient is created on condition. */
export function bundleOf(
  patient: fhir4.Patient,
  results: readonly fhir4.FhirResource[],
  type: fhir4.Bundle['type'] = 'transaction',
): fhir4.Bundle {
  const about = `urn:uuid:${randomUUID()}`;
  const identifier = patient.identifier?.[0];
  const request = {
    method: 'POST' as const,
    url: 'Patient',
    ...(identifier && { ifNoneExist: `identifier=${identifier.system}|${identifier.value}` }),
  };
  return {
    resourceType: 'Bundle',
    type,
    entry: [
      { fullUrl: about, resource: patient, request },
      ...results.map((resource) => ({
        fullUrl: `urn:uuid:${randomUUID()}`,
        // A family history calls its person `patient`.
        resource: {
          ...(!('patient' in resource) && { subject: { reference: about } }),
          ...resource,
        } as fhir4.FhirResource,
        request: { method: 'POST' as const, url: resource.resourceType },
      })),
    ],
  };
}

/** Results whose person is named by identifier alone. */
export function about(mrn: string): { subject: fhir4.Reference } {
  return { subject: { identifier: { system: MRN, value: mrn } } };
}

/** A transaction of results alone; each names its person itself. */
export function resultsOnly(
  results: readonly fhir4.FhirResource[],
  type: fhir4.Bundle['type'] = 'transaction',
): fhir4.Bundle {
  return {
    resourceType: 'Bundle',
    type,
    entry: results.map((resource) => ({
      fullUrl: `urn:uuid:${randomUUID()}`,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}

/** `2026-03-02T02:00:00.000Z` moved by days (and milliseconds). */
export function daysBefore(days: number, ms = 0): string {
  return new Date(Date.parse(TEST_NOW) - days * 86_400_000 + ms).toISOString();
}

/** Minutes after the test's present, for the `issued` of corrections. */
export function minutesAfter(minutes: number): string {
  return new Date(Date.parse(TEST_NOW) + minutes * 60_000).toISOString();
}
