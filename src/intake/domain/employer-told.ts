import { type IncomingEntry } from './incoming.js';
import { type MessageReferences } from './references.js';

/**
 * A Patient whose employer is another entry of the same message, with the name of that Organization: the group that somebody
 * belongs to must be known from the record alone. A `urn:` means nothing outside the message and is left out; the
 * Organization's identifier takes its place.
 */
export function withEmployerNamed(patient: fhir4.Patient, references: MessageReferences): fhir4.Patient {
  const { managingOrganization: told } = patient;
  const entry: IncomingEntry | null = references.entry(told?.reference);
  if (!told || entry?.resource.resourceType !== 'Organization') return patient;
  const { name, identifier } = entry.resource;
  const isOfMessage = told.reference!.toLowerCase().startsWith('urn:');
  const known = identifier?.find(({ value }) => value);
  const display = told.display ?? name;
  const { reference, ...rest } = told;
  const managingOrganization: fhir4.Reference = {
    ...(!(isOfMessage && (display || known)) && { reference: reference! }),
    ...rest,
    ...(display && { display }),
    ...(isOfMessage && known && !rest.identifier && { identifier: known }),
  };
  return { ...patient, managingOrganization };
}
