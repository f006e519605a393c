import { type Keeping, storedMeta } from './render-stored.js';

/** A Patient as last sent, under the person's id; a record that was merged says into which. */
export function renderPatient(
  sent: fhir4.Patient,
  keeping: Omit<Keeping, 'personId'>,
  mergedInto: string | null,
): fhir4.Patient {
  const { meta, ...rest } = sent;
  const patient: fhir4.Patient = {
    ...rest,
    resourceType: 'Patient',
    id: keeping.id,
    meta: storedMeta(meta, { ...keeping, personId: keeping.id }),
  };
  if (mergedInto === null) return patient;
  const link: fhir4.PatientLink = { other: { reference: `Patient/${mergedInto}` }, type: 'replaced-by' };
  const others = (sent.link ?? []).filter(({ type }) => type !== 'replaced-by');
  return { ...patient, active: false, link: [link, ...others] };
}
