import { shortHash } from './content.js';
import { businessIdentifier, identifierKey, type Identified, identityKey } from './identity.js';

/** Begins every key that says where it lies; no hash begins so. */
const MARK = '~';
/** 30 bits: people and orders far apart, and 126 bits left to tell one result from another. */
const PLACE_CHARS = 5;
/** What an order number is parted from the test by: `TJ20260301-0042-WBC`. */
const SEPARATORS = '-_./:|#^';
/** Of a bare number, what counts the tests of an order. */
const COUNTING_DIGITS = 2;

/**
 * Which result it is (see `identityKey`), written so that the results of one order, or of one person, lie together in the
 * index: sixty results touch one of its pages, not sixty, however many people are stored.
 */
export function resultKey(
  resource: Identified,
  feedId: string,
  scope: string,
  contentHash: () => string,
): string {
  const key = identityKey(resource, feedId, scope, contentHash);
  const identifier = businessIdentifier(resource);
  return placed(identifier ? orderOf(identifier) : scope, key);
}

/** Two entries of one bundle with one identifier but different ids are two results: the id joins the key. */
export function resultKeyWithId(key: string, resource: Identified): string {
  const joined = shortHash(`${key}\n${resource.id ?? ''}`);
  return isPlaced(key) ? key.slice(0, 1 + PLACE_CHARS) + joined.slice(1 + PLACE_CHARS) : joined;
}

/** Every key under which a result that was sent may be stored. `scope` is its person, or what it waits for. */
export function possibleKeys(
  resource: Identified,
  feedId: string,
  scope: string,
  contentHash: () => string,
): string[] {
  const keys = [resultKey, identityKey].map((keyOf) => keyOf(resource, feedId, scope, contentHash));
  return keys.flatMap((key) => [key, resultKeyWithId(key, resource)]);
}

/** The keys that a search for a result's business identifier looks for. */
export function resultIdentifierKeys(
  resourceType: string,
  identifier: { system: string; value: string },
): string[] {
  const key = identifierKey(resourceType, identifier.system, identifier.value);
  return [placed(orderOf(identifier), key), key];
}

/** Whether a key says where it lies. Results stored by version 0.1.0 have keys that don't, and keep them. */
export function isPlaced(key: string): boolean {
  return key.startsWith(MARK);
}

/** A laboratory numbers the results of an order from one stem. A guess: a wrong one costs time, and tells nothing apart. */
function orderOf({ system, value }: { system: string; value: string }): string {
  let cut = value.length - 1;
  while (cut > 0 && !SEPARATORS.includes(value[cut]!)) cut--;
  return `${system}\n${cut > 0 ? value.slice(0, cut) : value.slice(0, -COUNTING_DIGITS)}`;
}

/** The results of a message come one after the other, nearly all of one order. */
let last = { stem: '', place: '' };

function placed(stem: string, key: string): string {
  if (last.stem !== stem || last.place === '') {
    last = { stem, place: MARK + shortHash(`place\n${stem}`).slice(0, PLACE_CHARS) };
  }
  return last.place + key.slice(last.place.length);
}
