import { businessIdentifier, senderKey } from '../../people/domain/identity.js';
import { readTime } from '../../people/domain/fhir-time.js';
import { attendingOf, type Look } from './attending.js';
import { localReference } from './references.js';
import { settingOf } from './result-context.js';

/** Where an encounter is, and whose inpatient it makes somebody: decides who may see them. */
export interface CareNoted {
  centre: string | null;
  attending: string | null;
  untilAt: Date | null;
  /** What is known by a reference alone until it comes. */
  centreRef: string | null;
  attendingRef: string | null;
}

/** Results come in after somebody has gone home; as long as news still rings (see the semantics of age). */
const AFTER_DISCHARGE_MS = 30 * 24 * 3_600_000;
const LONGEST = 128;
const SERVER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const NOWHERE: CareNoted = {
  centre: null,
  attending: null,
  untilAt: null,
  centreRef: null,
  attendingRef: null,
};

/** @param near what the same message holds by a reference */
export function careNoted(encounter: fhir4.Encounter, near: Look, feedId: string, zone: string): CareNoted {
  if (encounter.status === 'entered-in-error' || encounter.status === 'cancelled') return NOWHERE;
  return { ...centreOf(encounter, near, feedId), ...doctorOf(encounter, near, feedId, zone) };
}

/** By what an organisation or a practitioner is known, once it has come; null for what names nobody. */
export function nameOfParty(resource: fhir4.FhirResource): string | null {
  if (resource.resourceType !== 'Organization' && resource.resourceType !== 'Practitioner') return null;
  const identifier = businessIdentifier(resource);
  if (identifier) return fitting(`${identifier.system}|${identifier.value}`);
  return resource.resourceType === 'Organization' ? fitting(resource.name) : null;
}

function centreOf(
  { serviceProvider, contained = [] }: fhir4.Encounter,
  near: Look,
  feedId: string,
): Pick<CareNoted, 'centre' | 'centreRef'> {
  const { identifier, reference, display } = serviceProvider ?? {};
  if (identifier?.system && identifier.value)
    return { centre: fitting(`${identifier.system}|${identifier.value}`), centreRef: null };
  if (!reference) return { centre: fitting(display), centreRef: null };
  const found = reference.startsWith('#')
    ? (contained as fhir4.FhirResource[]).find(({ id }) => `#${id}` === reference)
    : near(reference);
  if (found) return { centre: nameOfParty(found) ?? fitting(display), centreRef: null };
  const ref = refOf(reference, feedId);
  return { centre: ref === null ? fitting(display) : null, centreRef: ref };
}

function doctorOf(
  encounter: fhir4.Encounter,
  near: Look,
  feedId: string,
  zone: string,
): Pick<CareNoted, 'attending' | 'attendingRef' | 'untilAt'> {
  const none = { attending: null, attendingRef: null, untilAt: null };
  if (settingOf(encounter) !== 'inpatient') return none;
  const [first] = attendingOf(encounter, near);
  if (!first) return none;
  const end =
    encounter.period?.end ?? (encounter.status === 'finished' ? encounter.period?.start : undefined);
  const ended = readTime(end, zone)?.to;
  const untilAt = ended ? new Date(ended.getTime() + AFTER_DISCHARGE_MS) : null;
  if ('practitioner' in first) return { attending: fitting(first.practitioner), attendingRef: null, untilAt };
  return { attending: null, attendingRef: refOf(first.reference, feedId), untilAt };
}

/** What a feed calls it, or the service's own id. */
function refOf(reference: string, feedId: string): string | null {
  const local = localReference(reference);
  if (!local) return null;
  return SERVER_ID.test(local.id) ? local.id : senderKey(feedId, local.type, local.id);
}

/** A name longer than a column would be another's once it is cut: it counts as none. */
function fitting(name: string | undefined): string | null {
  const text = name?.trim() ?? '';
  return text === '' || text.length > LONGEST ? null : text;
}
