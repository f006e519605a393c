/** What the service knows of a resource that a feed sent: its id here, its version, its person. */
export interface Keeping {
  id: string;
  version: number;
  lastUpdated: Date;
  /** The person it is about, null while not known. */
  personId: string | null;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
type JsonObject = { [key: string]: Json | undefined };

/** Finds where a reference of the same message is kept (`Type/id`), null when it is not. */
export type Resolve = (reference: string) => string | null;

/** Types whose subject stands in `patient`. */
const PATIENT_ELEMENT = new Set(['FamilyMemberHistory', 'RelatedPerson', 'Consent', 'Device']);
const WITHOUT_SUBJECT = new Set(['Practitioner', 'PractitionerRole', 'Organization']);

/**
 * A resource as it was sent, under the service's own id: the subject is the person it was matched to, references
 * within its message point to what was stored, and those that mean nothing outside of the message are left out.
 */
export function renderStored(sent: object, keeping: Keeping, resolve: Resolve): fhir4.FhirResource {
  const { meta, ...rest } = withReferences(sent as JsonObject, resolve) as JsonObject;
  const type = rest.resourceType as string;
  const resource: JsonObject = { resourceType: type, id: keeping.id, meta: storedMeta(meta, keeping) };
  for (const [key, value] of Object.entries(rest)) {
    if (key !== 'resourceType' && key !== 'id') resource[key] = value;
  }
  if (keeping.personId !== null && !WITHOUT_SUBJECT.has(type)) {
    const element = PATIENT_ELEMENT.has(type) ? 'patient' : 'subject';
    const said = resource[element];
    resource[element] = {
      ...(isObject(said) ? said : {}),
      reference: `Patient/${keeping.personId}`,
    };
  }
  return resource as unknown as fhir4.FhirResource;
}

/** The sender's profiles and tags stay; version and time are the service's. */
export function storedMeta(sent: unknown, { version, lastUpdated }: Keeping): JsonObject {
  const kept: JsonObject = isObject(sent) ? { ...sent } : {};
  return { ...kept, versionId: String(version), lastUpdated: lastUpdated.toISOString() };
}

/** References that mean something only within the message they came in, as `urn:uuid:…`. */
export function referencesOf(sent: object): string[] {
  const found: string[] = [];
  collect(sent as Json, found);
  return found;
}

function collect(value: Json | undefined, found: string[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isObject(value)) {
    if (typeof value.reference === 'string') found.push(value.reference);
    for (const key in value) collect(value[key], found);
  }
}

function withReferences(value: Json, resolve: Resolve): Json {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, resolve));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    if (key === 'reference' && typeof member === 'string') {
      const known = referenceFor(member, resolve);
      if (known !== null) copy[key] = known;
    } else copy[key] = withReferences(member, resolve);
  }
  return copy;
}

function referenceFor(reference: string, resolve: Resolve): string | null {
  // Within the resource itself: contained ones travel with it.
  if (reference.startsWith('#')) return reference;
  return resolve(reference) ?? (/^urn:(?:uuid|oid):/.test(reference) ? null : reference);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
