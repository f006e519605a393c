import { namesOf, UNKNOWN_ACTOR } from './consent.js';
import { identifierKey, senderKey } from './identity.js';

/** A relative's record, as far as references find it. */
export interface RelativeRecord {
  id: string;
  identityKey: string;
  senderKey: string | null;
  messageId: string;
  entry: number;
}

/** Where a consent was read: what its references mean depends on it. */
export interface ConsentSource {
  feedId: string;
  messageId: string;
  /** The entry of the same message that this is the `fullUrl` of, or the end of it. */
  entryAt: (reference: string) => { entry: number; resource: object } | null;
}

/** `RelatedPerson/id` of a relative or absolute reference, of whatever version. */
const LOCAL = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;
const CONDITIONAL = /^RelatedPerson\?identifier=([^|&]*)(?:\||%7C)([^&]+)$/i;
/** Actors that are no relatives, whatever they are called. */
const OTHERS = new Set([
  'CareTeam',
  'Device',
  'Group',
  'HealthcareService',
  'Organization',
  'Practitioner',
  'PractitionerRole',
]);

/** How a relative is referred to once that is known. */
export const relativeReference = (id: string): string => `RelatedPerson/${id}`;

/**
 * A consent whose actors are named by the records on file: what a resource id, a `urn:uuid` of the same message, an
 * identifier or a contained resource means. Whom a reference finds is named by it alone, not by the name beside it too.
 */
export function withKnownActors(
  consent: fhir4.Consent,
  source: ConsentSource,
  relatives: readonly RelativeRecord[],
): fhir4.Consent {
  const resolve = (reference: fhir4.Reference): fhir4.Reference =>
    resolved(reference, consent, source, relatives);
  const provision = (one: fhir4.ConsentProvision): fhir4.ConsentProvision => ({
    ...one,
    ...(one.actor && {
      actor: one.actor.map((actor) => ({ ...actor, reference: resolve(actor.reference) })),
    }),
    ...(one.provision && { provision: one.provision.map(provision) }),
  });
  return { ...consent, ...(consent.provision && { provision: provision(consent.provision) }) };
}

function resolved(
  { reference, type, display, identifier }: fhir4.Reference,
  consent: fhir4.Consent,
  { feedId, messageId, entryAt }: ConsentSource,
  relatives: readonly RelativeRecord[],
): fhir4.Reference {
  const named = (display ?? identifier) ? { display, identifier } : null;
  if (reference !== undefined && reference === consent.patient?.reference) return {};
  if (reference === undefined) return OTHERS.has(type ?? '') || !named ? {} : named;
  if (reference.startsWith('#')) {
    const inside = consent.contained?.find(({ id }) => id === reference.slice(1));
    return inside?.resourceType === 'RelatedPerson'
      ? calledAs(inside as fhir4.RelatedPerson, relatives)
      : (named ?? { reference: UNKNOWN_ACTOR });
  }
  const [, system, value] = CONDITIONAL.exec(reference) ?? [];
  const sent = entryAt(reference);
  const local = LOCAL.exec(reference);
  const what = sent ? (sent.resource as fhir4.FhirResource).resourceType : (local?.[1] ?? type);
  if (OTHERS.has(what ?? '')) return {};
  const key = local && senderKey(feedId, 'RelatedPerson', local[2]!);
  const isMeant = (one: RelativeRecord): boolean =>
    (sent !== null && one.messageId === messageId && one.entry === sent.entry) ||
    (local?.[1] === 'RelatedPerson' && (one.id === local[2] || one.senderKey === key)) ||
    (value !== undefined &&
      one.identityKey === identifierKey('RelatedPerson', decode(system ?? ''), decode(value)));
  const found = relatives.find(isMeant);
  if (found) return { reference: relativeReference(found.id) };
  if (what === 'RelatedPerson' && sent) return calledAs(sent.resource as fhir4.RelatedPerson, relatives);
  return named ?? { reference: UNKNOWN_ACTOR };
}

/** A relative who is written down beside the consent: the record of the same identifier, else whoever is called so. */
function calledAs(
  { identifier = [], name }: fhir4.RelatedPerson,
  relatives: readonly RelativeRecord[],
): fhir4.Reference {
  for (const { system, value } of identifier) {
    const found =
      system &&
      value &&
      relatives.find(({ identityKey }) => identityKey === identifierKey('RelatedPerson', system, value));
    if (found) return { reference: relativeReference(found.id) };
  }
  const [display] = namesOf(name);
  return display === undefined ? { reference: UNKNOWN_ACTOR } : { display };
}

/** As it is where it is not encoded soundly. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
