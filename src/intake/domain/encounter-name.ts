import { type CareSetting } from '../../kernel/index.js';
import { businessIdentifier, identifierKey, senderKey } from '../../people/domain/identity.js';
import { decode, localReference } from './references.js';
import { settingOf } from './result-context.js';

const TYPE = 'Encounter';
/** Names are only told apart among the encounters of one person. */
const SHORT = 10;
const SERVER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const CONDITIONAL = /^Encounter\?identifier=([^|&]*)(?:\||%7C)([^&]+)$/i;
/** Before a care setting that no later message can change: its encounter has neither identifier nor id. */
const FIXED = '=';

/**
 * What a result calls its encounter, so that the care setting can be found whenever the encounter comes; undefined when
 * it names none. The results of one checkup name the same one: its name is worked out once.
 * @param near the encounter itself, where it is in the same message
 * @param isContained it is part of the result
 */
export function encounterName(
  reference: fhir4.Reference | undefined,
  near: fhir4.FhirResource | null,
  isContained: boolean,
  feedId: string,
): string | undefined {
  if (near?.resourceType === TYPE) {
    let known = names.get(near);
    if (known?.feedId !== feedId)
      names.set(near, (known = { feedId, name: nameOf(near, isContained, feedId) }));
    return known.name;
  }
  return reference && nameByReference(reference, feedId);
}

const names = new WeakMap<fhir4.Encounter, { feedId: string; name: string | undefined }>();

function nameOf(encounter: fhir4.Encounter, isContained: boolean, feedId: string): string | undefined {
  const identifier = businessIdentifier(encounter);
  if (identifier && !isContained) return short(identifierKey(TYPE, identifier.system, identifier.value));
  if (encounter.id && !isContained) return idName(encounter.id, feedId);
  const setting = settingOf(encounter);
  return setting ? nameOfSetting(setting) : undefined;
}

function nameByReference({ reference, identifier }: fhir4.Reference, feedId: string): string | undefined {
  const [, system, value] = CONDITIONAL.exec(reference ?? '') ?? [];
  if (system !== undefined && value !== undefined)
    return short(identifierKey(TYPE, decode(system), decode(value)));
  const local = localReference(reference);
  if (local) return local.type === TYPE ? idName(local.id, feedId) : undefined;
  if (identifier?.system && identifier.value)
    return short(identifierKey(TYPE, identifier.system, identifier.value));
  return undefined;
}

/** A sender's id, or the service's own. */
function idName(id: string, feedId: string): string {
  return SERVER_ID.test(id) ? id : short(senderKey(feedId, TYPE, id));
}

function short(key: string): string {
  return key.slice(0, SHORT);
}

/** Every name by which results may mean a stored encounter. */
export function namesOfEncounter(
  row: { id: string; identityKey: string; senderKey: string | null },
  sentId: string | undefined,
): string[] {
  const keys = [row.identityKey, ...(row.senderKey ? [row.senderKey] : [])].map(short);
  return [row.id, ...(sentId ? [sentId] : []), ...keys];
}

/** Of an encounter that nothing is known of but its setting. */
export function nameOfSetting(setting: CareSetting): string {
  return `${FIXED}${setting}`;
}

/** The care setting that the name itself tells; null when the encounter must be asked. */
export function fixedSetting(name: string): CareSetting | null {
  return name.startsWith(FIXED) ? (name.slice(FIXED.length) as CareSetting) : null;
}
