/**
 * 单位: whose people somebody belongs to, by `Patient.managingOrganization` (product: *People*): its name, else its
 * identifier, else a reference that means the same in every message. A reference inside one message names nobody.
 */
export function employerOf({ managingOrganization: organization }: fhir4.Patient): string {
  const { display, identifier, reference } = organization ?? {};
  const name = display?.trim();
  if (name) return name;
  if (identifier?.value)
    return identifier.system ? `${identifier.system}|${identifier.value}` : identifier.value;
  const isOfMessage = reference === undefined || /^(?:urn:|#)/i.test(reference);
  return isOfMessage ? UNKNOWN_GROUP : reference;
}

export const UNKNOWN_GROUP = 'unknown';
