import { type Fault } from '../../kernel/index.js';
import { type Cursor, readCursor } from './search-cursor.js';
import {
  alternatives,
  type Bound,
  readDateSearch,
  readPatientId,
  readToken,
  type Token,
} from './search-values.js';

/** Which person is meant: by the service's id, or by a business identifier. */
export type PersonWanted = { id: string } | { system: string; value: string };

export interface Sort {
  by: 'id' | 'lastUpdated' | 'date';
  isDescending: boolean;
}

/** A search as it was understood. Inner lists are alternatives, outer ones must all hold. */
export interface SearchRequest {
  ids: string[][];
  persons: PersonWanted[][];
  identifiers: { system: string; value: string }[][];
  statuses: string[][];
  codes: Token[][];
  updated: Bound[];
  /** Null when the caller has no wish. */
  sort: Sort | null;
  /** Entries a page; 0 asks for the total alone. */
  count: number;
  total: 'none' | 'accurate';
  after: Cursor | null;
  /** The parameters that were used, for the links. */
  used: [name: string, value: string][];
}

/** What a type can be searched by besides the parameters of every resource. */
export interface Searchable {
  patient: boolean;
  identifier: boolean;
  status: boolean;
  code: boolean;
  date: boolean;
}

export const USUAL_COUNT = 50;
export const LARGEST_COUNT = 1000;
/** The place in a list of results, in the links from page to page. */
export const CURSOR_PARAMETER = '_after';

/** Other names under which clients ask for the same. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['subject', 'patient'],
  ['for', 'patient'],
  ['patient:Patient', 'patient'],
  ['subject:Patient', 'patient'],
  ['subject.identifier', 'patient.identifier'],
  ['subject:Patient.identifier', 'patient.identifier'],
  ['patient:Patient.identifier', 'patient.identifier'],
  ['patient:identifier', 'patient.identifier'],
  ['subject:identifier', 'patient.identifier'],
]);
/** Ask for a form of the answer that it has anyway. */
const HARMLESS = new Set(['_format', '_pretty']);

type Reader = (request: SearchRequest, value: string, zone: string) => string | null;

/** Each takes one parameter into the request, or says what it should have been. */
const READERS: Readonly<Record<string, Reader>> = {
  _id: (request, value) => {
    const ids = alternatives(value);
    if (!ids?.every((id) => /^[A-Za-z0-9\-.]{1,64}$/.test(id))) return 'must be ids, separated by commas';
    request.ids.push(ids);
    return null;
  },
  patient: (request, value) => {
    const ids = alternatives(value)?.map(readPatientId);
    if (!ids || ids.includes(null)) return 'must be Patient/ID or ID';
    request.persons.push(ids.map((id) => ({ id: id! })));
    return null;
  },
  'patient.identifier': (request, value) => pushIdentifiers(request.persons, value),
  identifier: (request, value) => pushIdentifiers(request.identifiers, value),
  status: (request, value) => {
    const statuses = alternatives(value)?.map((one) => readToken(one)?.code ?? '');
    if (!statuses || statuses.includes('')) return 'must be codes, separated by commas';
    request.statuses.push(statuses);
    return null;
  },
  code: (request, value) => {
    const tokens = alternatives(value)?.map(readToken);
    if (!tokens || tokens.includes(null)) return 'must be system|code or code';
    request.codes.push(tokens as Token[]);
    return null;
  },
  _lastUpdated: (request, value, zone) => {
    const bounds = readDateSearch(value, zone);
    if (!bounds) return 'must be a date, perhaps after ge, gt, le or lt';
    request.updated.push(...bounds);
    return null;
  },
  _count: (request, value) => {
    if (!/^\d{1,9}$/.test(value)) return 'must be a whole number';
    request.count = Math.min(Number(value), LARGEST_COUNT);
    return null;
  },
  _total: (request, value) => {
    if (!['none', 'estimate', 'accurate'].includes(value)) return 'must be none, estimate or accurate';
    request.total = value === 'none' ? 'none' : 'accurate';
    return null;
  },
  _summary: (request, value) => {
    if (value === 'false') return null;
    if (value !== 'count') return 'may only be count or false';
    request.count = 0;
    return null;
  },
  [CURSOR_PARAMETER]: (request, value) => {
    request.after = readCursor(value);
    return request.after ? null : 'must come from a link "next"';
  },
};

/**
 * Reads the parameters of a search. Those that the type does not have are left out of account, as FHIR wants, unless
 * the caller insists (`Prefer: handling=strict`).
 * @param zone the centre's time zone, for dates without time
 */
export function readSearch(
  parameters: Iterable<readonly [string, string]>,
  searchable: Searchable,
  zone: string,
  isStrict: boolean,
): { request: SearchRequest; faults: Fault[] } {
  const request: SearchRequest = {
    ids: [],
    persons: [],
    identifiers: [],
    statuses: [],
    codes: [],
    updated: [],
    sort: null,
    count: USUAL_COUNT,
    total: 'none',
    after: null,
    used: [],
  };
  const faults: Fault[] = [];
  for (const [asked, value] of parameters) {
    if (HARMLESS.has(asked)) continue;
    const name = ALIASES.get(asked) ?? asked;
    const wrong = isServed(name, searchable)
      ? take(request, name, value, searchable, zone)
      : unserved(asked, name, searchable, isStrict);
    if (wrong !== null) faults.push({ code: 'invalid-request', message: wrong, path: plainName(asked) });
    else if (isServed(name, searchable)) request.used.push([asked, value]);
  }
  return { request, faults };
}

function take(
  request: SearchRequest,
  name: string,
  value: string,
  searchable: Searchable,
  zone: string,
): string | null {
  if (name !== '_sort') return READERS[name]!(request, value, zone);
  request.sort = readSort(value, searchable);
  return request.sort
    ? null
    : `must be _id, _lastUpdated${searchable.date ? ' or date' : ''}, perhaps after a minus`;
}

function isServed(name: string, searchable: Searchable): boolean {
  if (name === 'patient' || name === 'patient.identifier') return searchable.patient;
  if (name === 'identifier' || name === 'status' || name === 'code') return searchable[name];
  return name === '_sort' || Object.hasOwn(READERS, name);
}

/** A modifier changes the meaning: to leave it out of account would answer another question. */
function unserved(asked: string, name: string, searchable: Searchable, isStrict: boolean): string | null {
  const base = name.split(':')[0]!;
  if (name.includes(':') && isServed(base, searchable)) return 'this modifier is not served';
  return isStrict ? 'this type is not searched by it' : null;
}

function readSort(value: string, searchable: Searchable): Sort | null {
  const isDescending = value.startsWith('-');
  const name = isDescending ? value.slice(1) : value;
  if (name === '_id') return { by: 'id', isDescending };
  if (name === '_lastUpdated') return { by: 'lastUpdated', isDescending };
  return name === 'date' && searchable.date ? { by: 'date', isDescending } : null;
}

/** Identifiers are found by a keyed hash of system and value, so both must be there. */
function pushIdentifiers(list: PersonWanted[][], value: string): string | null {
  const found: { system: string; value: string }[] = [];
  for (const one of alternatives(value) ?? ['']) {
    const token = readToken(one);
    if (!token?.code || token.system === null) return 'must be system|value';
    found.push({ system: token.system, value: token.code });
  }
  list.push(found);
  return null;
}

/** Parameter names may be repeated in an answer, but not whatever else stands there. */
function plainName(name: string): string {
  return /^[\w.:-]{1,60}$/.test(name) ? name : 'parameter';
}
