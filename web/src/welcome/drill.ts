const LABORATORY = 'urn:firstcall:drill';

/**
 * A result to practise with, of somebody who does not exist: a white-cell count that has to be told, and its correction
 * that takes the call back. The same day gives the same result, so that the second file corrects the first.
 * @param now an instant, ISO 8601
 */
export function drillFile(part: 'first' | 'second', name: string, now: string): string {
  const day = now.slice(0, 10);
  const person = 'urn:uuid:7d1c2a52-5f3b-4c7e-9a51-0d5b6a6f0001';
  const patient = {
    resourceType: 'Patient',
    identifier: [{ system: `${LABORATORY}:person`, value: `drill-${day}` }],
    name: [{ text: name }],
    gender: 'female',
    birthDate: '1979-04-12',
  };
  const result = {
    resourceType: 'Observation',
    identifier: [{ system: `${LABORATORY}:result`, value: `drill-${day}-wbc` }],
    status: part === 'first' ? 'final' : 'corrected',
    code: { coding: [{ system: 'http://loinc.org', code: '6690-2' }], text: '白细胞计数' },
    subject: { reference: person },
    effectiveDateTime: now,
    issued: now,
    valueQuantity: { value: part === 'first' ? 2.9 : 5.9, unit: '×10⁹/L' },
  };
  const entry = [
    { fullUrl: person, resource: patient, request: { method: 'POST', url: 'Patient' } },
    { resource: result, request: { method: 'POST', url: 'Observation' } },
  ];
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }, null, 2);
}

/** An address from which the browser saves a text as a file. */
export function asDownload(text: string): string {
  return `data:application/fhir+json;charset=utf-8,${encodeURIComponent(text)}`;
}
