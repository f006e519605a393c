import { ITEMS } from './catalogue.js';
import { type Checkup, SYSTEMS } from './checkup.js';
import { HABITS } from './laboratory-habit.js';
import { chinaTime } from './moment.js';
import { type Random } from './random.js';
import { type Bundle, type BundleEntry, type Observation, type Resource } from './r4.js';
import { laboratoryReportOf, type Links, observationsOf, reportOf, result } from './result-resources.js';
import { employerOf, encounterOf, fastingSpecimenOf, patientOf } from './subject-resources.js';

/** Everything of one checkup in one transaction: person, employer, visit, results, reports. */
export function checkupBundle(random: Random, checkup: Checkup): Bundle {
  const entry: BundleEntry[] = [];
  const links = addSubjects(entry, random, checkup);
  const results = observationsOf(checkup, links, random.integer(0, 2));
  const urls = new Map<string, string[]>();
  for (const { section, resource } of results) {
    const url = add(entry, random, resource);
    urls.set(section, [...(urls.get(section) ?? []), url]);
  }
  for (const section of ['blood-count', 'chemistry'] as const) {
    add(entry, random, laboratoryReportOf(checkup, links, section, urls.get(section) ?? []));
  }
  for (const conclusion of checkup.found.conclusions)
    add(entry, random, reportOf(checkup, links, conclusion));
  return { resourceType: 'Bundle', type: 'transaction', timestamp: chinaTime(checkup.issuedAt), entry };
}

/** One result alone: released by itself, corrected, or withdrawn. */
export interface SingleResult {
  itemId: string;
  /** In the item's usual unit. */
  number: number;
  issuedAt: number;
  status: Observation['status'];
}

/**
 * The laboratory sends one result by itself. One that the checkup held already has the same identifiers: the later
 * release is its new version.
 */
export function singleResultBundle(random: Random, checkup: Checkup, single: SingleResult): Bundle {
  const { itemId, number, issuedAt, status } = single;
  const entry: BundleEntry[] = [];
  const later = { ...checkup, issuedAt };
  const links = addSubjects(entry, random, later);
  const note = status === 'corrected' ? { note: [{ text: '标本凝集,复查后更正' }] } : {};
  for (const item of ITEMS.filter((one) => one.id === itemId)) {
    add(entry, random, { ...result(later, links, item, { number }, 0), status, ...note });
  }
  return { resourceType: 'Bundle', type: 'transaction', timestamp: chinaTime(issuedAt), entry };
}

function addSubjects(entry: BundleEntry[], random: Random, checkup: Checkup): Links {
  const { client } = checkup;
  const employer =
    client.employer &&
    add(entry, random, employerOf(client.employer), `${SYSTEMS.employer}|${client.employer.code}`);
  const patient = add(entry, random, patientOf(client, employer), `${SYSTEMS.client}|${client.serial}`);
  const encounter = add(entry, random, encounterOf(checkup, patient), `${SYSTEMS.checkup}|${checkup.number}`);
  const bySpecimen = HABITS[checkup.habit].fasting === 'specimen';
  const specimen = bySpecimen ? add(entry, random, fastingSpecimenOf(checkup, patient)) : null;
  return { patient, encounter, specimen };
}

/** Adds a creation (conditional when the resource may be there already) and returns its url inside the Bundle. */
function add(entry: BundleEntry[], random: Random, resource: Resource, known?: string): string {
  const fullUrl = `urn:uuid:${random.uuid()}`;
  const request: BundleEntry['request'] = { method: 'POST', url: resource.resourceType };
  if (known !== undefined) request.ifNoneExist = `identifier=${known}`;
  entry.push({ fullUrl, resource, request });
  return fullUrl;
}
