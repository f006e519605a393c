/**
 * 单位: whose people somebody belongs to, by `Patient.managingOrganization` (product: *People*): its name, else that of the
 * Organization that it refers to, else its identifier, else a reference that means the same in every message. A reference
 * inside one message names nobody once that message is gone.
 * @param namesOf names of Organizations by `Organization/id` and by `system|value`
 */
export function employerOf(
  { managingOrganization: organization, contained }: fhir4.Patient,
  namesOf: ReadonlyMap<string, string> = new Map(),
): string {
  const { display, identifier, reference } = organization ?? {};
  const inside = (contained as fhir4.FhirResource[] | undefined)?.find(
    ({ id }) => id !== undefined && reference === `#${id}`,
  );
  const name = display?.trim() || (inside?.resourceType === 'Organization' && inside.name?.trim());
  if (name) return name;
  const token = identifier?.value && tokenOf(identifier);
  const known = (reference && namesOf.get(localPart(reference))) ?? (token && namesOf.get(token));
  if (known) return known;
  if (token) return token;
  const isOfMessage = reference === undefined || /^(?:urn:|#)/i.test(reference);
  return isOfMessage ? UNKNOWN_GROUP : reference;
}

export const UNKNOWN_GROUP = 'unknown';

/** An Organization as it was sent, under the service's own id. */
export interface SentOrganization {
  id: string;
  resource: fhir4.Organization;
}

/** Names by `Organization/id`, of the service and of senders, and by `system|value`; what two Organizations of other names go by names neither. */
export function organizationNames(organizations: readonly SentOrganization[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { id, resource } of organizations) {
    const name = resource.name?.trim();
    if (!name) continue;
    const keys = [id, resource.id].flatMap((one) => (one ? `Organization/${one}` : []));
    for (const identifier of resource.identifier ?? []) if (identifier.value) keys.push(tokenOf(identifier));
    for (const key of keys) {
      if ((names.get(key) ?? name) !== name) ambiguous.add(key);
      names.set(key, name);
    }
  }
  for (const key of ambiguous) names.delete(key);
  return names;
}

function tokenOf({ system, value }: fhir4.Identifier): string {
  return system ? `${system}|${value}` : value!;
}

/** `Organization/id` of a relative or absolute reference, of whichever version. */
function localPart(reference: string): string {
  return /(?:^|\/)(Organization\/[^/]+)(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? reference;
}
