import { businessIdentifier } from '../../people/domain/identity.js';

/** A resource that a reference may lead to, by full URL or `Type/id`; of one message. */
export type Look = (reference: string) => fhir4.FhirResource | null;

/** Who attends to somebody, as an encounter names them: an identifier, or a reference to somebody who has one. */
export type Attending = { practitioner: string } | { reference: string };

/** The attending doctors of an encounter (participants of type ATND), those who still are before those who were. */
export function attendingOf(encounter: fhir4.Encounter, near: Look): Attending[] {
  const attend = (encounter.participant ?? []).filter(({ type = [] }) =>
    type.some(({ coding = [] }) => coding.some(({ code }) => code === 'ATND')),
  );
  const order = [...attend].sort(
    (a, b) => Number(a.period?.end !== undefined) - Number(b.period?.end !== undefined),
  );
  return order.flatMap(({ individual }) => named(individual, encounter, near) ?? []);
}

function named(
  individual: fhir4.Reference | undefined,
  { contained = [] }: fhir4.Encounter,
  near: Look,
): Attending | null {
  const { identifier, reference } = individual ?? {};
  if (identifier?.system && identifier.value)
    return { practitioner: `${identifier.system}|${identifier.value}` };
  if (!reference) return null;
  const inside = reference.startsWith('#')
    ? (contained as fhir4.FhirResource[]).find(({ id }) => `#${id}` === reference)
    : near(reference);
  if (inside) return practitionerOf(inside);
  return reference.startsWith('#') ? null : { reference };
}

/** What the hospital calls a practitioner: their first complete identifier. */
export function practitionerOf(resource: fhir4.FhirResource): { practitioner: string } | null {
  if (resource.resourceType !== 'Practitioner') return null;
  const identifier = businessIdentifier(resource);
  return identifier && { practitioner: `${identifier.system}|${identifier.value}` };
}
