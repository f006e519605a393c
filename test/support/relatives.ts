import { bundleOf, mrnOf, person, resultsOnly } from './messages.js';
import { type MessagingApp } from './messaging-app.js';
import { seen } from './queue.js';

export const FAMILY = '13900001111';

/** What stands on record beside a person; 李敏 and a consent that names her where nothing is said. */
export interface Beside {
  patient?: Partial<fhir4.Patient>;
  related?: Partial<fhir4.RelatedPerson>;
  /** `fullUrl` of the relative's entry. */
  relatedUrl?: string;
  consent?: Partial<fhir4.Consent> | null;
}

/** A person with an open call, and whoever is on record beside them. */
export async function calledWithRelative(
  rig: MessagingApp,
  results: readonly fhir4.Observation[],
  more: Beside = {},
): Promise<{
  id: string;
  personId: string;
  mrn: string;
  send: (...more: fhir4.FhirResource[]) => Promise<void>;
}> {
  const patient = person(undefined, more.patient);
  const mrn = mrnOf(patient);
  const about = { identifier: { system: 'urn:test:mrn', value: mrn } };
  const related: fhir4.RelatedPerson = {
    ...{
      resourceType: 'RelatedPerson',
      identifier: [{ system: 'urn:t', value: `${mrn}-r` }],
      patient: about,
    },
    ...{ name: [{ text: '李敏' }], gender: 'female', telecom: [{ system: 'phone', value: FAMILY }] },
    ...more.related,
  };
  const beside = more.consent === null ? [related] : [related, consentOf(mrn, more.consent)];
  const stamped = results.map((one) => ({ ...one, effectiveDateTime: rig.at(), issued: rig.at() }));
  const bundle = bundleOf(patient, stamped);
  const [first, ...others] = resultsOnly(beside).entry!;
  bundle.entry!.push({ ...first, ...(more.relatedUrl && { fullUrl: more.relatedUrl }) }, ...others);
  const { status, text } = await rig.app.post('/fhir', bundle);
  if (status !== 200) throw new Error(text);
  const send = async (...resources: fhir4.FhirResource[]): Promise<void> => {
    const answer = await rig.app.post('/fhir', resultsOnly(resources));
    if (answer.status !== 200) throw new Error(answer.text);
  };
  const task = (await seen(rig.app, mrn)).notify[0]!;
  return { id: task.id!, personId: task.for!.reference!.slice('Patient/'.length), mrn, send };
}

/** A consent to tell 李敏 until the end of the year, or as a test wants it. */
export function consentOf(mrn: string, more: Partial<fhir4.Consent> = {}): fhir4.Consent {
  return {
    ...{ resourceType: 'Consent', identifier: [{ system: 'urn:t', value: `${mrn}-c` }], status: 'active' },
    ...{ patient: { identifier: { system: 'urn:test:mrn', value: mrn } } },
    ...{ scope: { coding: [{ code: 'patient-privacy' }] }, category: [{ text: '告知家属' }] },
    policyRule: { text: '知情同意书' },
    provision: lasting('2026-12-31'),
    ...more,
  };
}

/** A provision that names 李敏, until a day. */
export function lasting(
  end: string | undefined,
  reference: fhir4.Reference = { display: '李敏' },
): fhir4.ConsentProvision {
  return {
    ...{ type: 'permit', actor: [{ role: { text: '女儿' }, reference }] },
    ...(end && { period: { end } }),
  };
}
