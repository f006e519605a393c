import { type IncomingEntry, type IncomingResource } from '../../intake/index.js';
import { AppError, type Fault } from '../../kernel/index.js';
import { MOST_ENTRIES } from './limits.js';
import { validateBundleShell, validateEntry, validateResource } from './validate.js';

/** How a message wants to be taken: as a whole, or each entry for itself. */
export type Taking = 'together' | 'separately';

/** What a Bundle asks for; in a batch an entry may be refused on its own. */
export interface ReadMessage {
  taking: Taking;
  entries: (IncomingEntry | Refused)[];
}

export interface Refused {
  index: number;
  faults: Fault[];
}

/** Bundle types taken at the door; the others are read from files alone. */
export const DOOR_TYPES: ReadonlySet<string> = new Set(['transaction', 'collection', 'batch']);
export const FILE_TYPES: ReadonlySet<string> = new Set([...DOOR_TYPES, 'document', 'searchset']);

/** What is let pass in files that nobody can be asked to send again. */
export interface ReadingOptions {
  /** A resource about nobody, where R4 asks for a subject or patient, is kept without a person. */
  mayLackSubject?: boolean;
}

const SUBJECT = /^Bundle\.entry\[\d+\]\.resource\.(?:subject|patient|beneficiary)$/;
const MOST_FAULTS = 20;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

interface BundleEntry {
  fullUrl?: string;
  resource?: IncomingResource;
  request?: { method?: string; url?: string; ifNoneExist?: string };
}

/**
 * Reads a Bundle into entries for the intake.
 * @throws AppError with every fault found (at most 20) when the Bundle, or in a whole one any entry, is not acceptable
 */
export function readMessage(
  bundle: unknown,
  types: ReadonlySet<string>,
  { mayLackSubject = false }: ReadingOptions = {},
): ReadMessage {
  refuse(validateBundleShell(bundle));
  const { type, entry = [] } = bundle as { type: string; entry?: unknown[] };
  if (!types.has(type)) {
    throw new AppError(
      'unsupported-bundle-type',
      `Bundle.type must be one of ${[...types].join(', ')}; found ${type}.`,
      'Bundle.type',
    );
  }
  if (entry.length > MOST_ENTRIES)
    throw new AppError('too-many-entries', `A Bundle may hold ${MOST_ENTRIES} entries.`, 'Bundle.entry');
  const entries = entry.map((one, index) => readEntry(one, index, type, mayLackSubject));
  if (type !== 'batch') refuse(entries.flatMap((one) => ('faults' in one ? one.faults : [])));
  return { taking: type === 'batch' ? 'separately' : 'together', entries };
}

/** One resource sent by itself: POST /fhir/Type or PUT /fhir/Type/id. */
export function readResource(
  resource: unknown,
  request: { type: string; chosenId: string | null; ifNoneExist: string | null; match: string | null },
): IncomingEntry {
  const { type, chosenId } = request;
  refuse(validateResource(resource));
  const { resourceType, id } = resource as IncomingResource;
  if (resourceType !== type)
    throw new AppError(
      'invalid-request',
      `The resource is a ${resourceType}, the URL says ${type}.`,
      `${resourceType}.resourceType`,
    );
  if (chosenId !== null && !ID.test(chosenId))
    throw new AppError('invalid-request', 'An id is 1 to 64 letters, digits, - and . of FHIR.', 'URL');
  if (chosenId !== null && id !== undefined && id !== chosenId) {
    throw new AppError('invalid-request', 'The id in the resource must be the id in the URL.', `${type}.id`);
  }
  const query = request.ifNoneExist ?? request.match;
  const condition =
    query === null ? null : readCondition(query, request.ifNoneExist === null ? 'URL' : 'If-None-Exist');
  return {
    index: 0,
    path: type,
    fullUrl: null,
    resource: resource as IncomingResource,
    chosenId,
    condition,
    isCreate: request.match === null,
  };
}

function readEntry(
  entry: unknown,
  index: number,
  bundleType: string,
  mayLackSubject: boolean,
): IncomingEntry | Refused {
  const path = `Bundle.entry[${index}]`;
  const found = validateEntry(entry, path, bundleType);
  const faults = mayLackSubject ? found.filter((fault) => !isLackOfSubject(fault, entry)) : found;
  if (faults.length > 0) return { index, faults };
  const { fullUrl, resource, request } = entry as BundleEntry;
  try {
    const asked =
      bundleType === 'transaction' || bundleType === 'batch'
        ? readRequest(request ?? {}, resource, path)
        : CREATE;
    if (!resource) throw new AppError('invalid-resource', 'resource is required', `${path}.resource`);
    return { index, path: `${path}.resource`, fullUrl: fullUrl ?? null, resource, ...asked };
  } catch (error) {
    if (error instanceof AppError) return { index, faults: [...error.faults] };
    throw error;
  }
}

type Asked = Pick<IncomingEntry, 'chosenId' | 'condition' | 'isCreate'>;
const CREATE: Asked = { chosenId: null, condition: null, isCreate: true };

function readRequest(
  { method, url = '', ifNoneExist }: NonNullable<BundleEntry['request']>,
  resource: IncomingResource | undefined,
  path: string,
): Asked {
  const at = `${path}.request`;
  if (method === 'DELETE')
    throw new AppError(
      'method-not-allowed',
      'Resources are not deleted: send status entered-in-error.',
      `${at}.method`,
    );
  if (method !== 'POST' && method !== 'PUT') {
    throw new AppError(
      'unsupported-resource',
      `Only POST and PUT are taken in a Bundle; found ${String(method)}.`,
      `${at}.method`,
    );
  }
  const [address = '', query] = url.split('?', 2);
  const [type, id, ...rest] = address.replace(/^\/+/, '').split('/');
  if (resource && type !== resource.resourceType) {
    throw new AppError(
      'invalid-request',
      `request.url must name the type of the resource, ${resource.resourceType}.`,
      `${at}.url`,
    );
  }
  if (method === 'POST') {
    if (id !== undefined || query !== undefined)
      throw new AppError('invalid-request', 'A POST names the type alone.', `${at}.url`);
    return {
      ...CREATE,
      condition: ifNoneExist === undefined ? null : readCondition(ifNoneExist, `${at}.ifNoneExist`),
    };
  }
  if (query !== undefined && id === undefined)
    return { chosenId: null, condition: readCondition(query, `${at}.url`), isCreate: false };
  if (id === undefined || rest.length > 0 || !ID.test(id))
    throw new AppError('invalid-request', 'A PUT names Type/id.', `${at}.url`);
  if (resource?.id !== undefined && resource.id !== id)
    throw new AppError(
      'invalid-request',
      'The id in the resource must be the id in request.url.',
      `${path}.resource.id`,
    );
  return { chosenId: id, condition: null, isCreate: false };
}

/** `identifier=system|value`: the one condition by which a resource may be matched. */
function readCondition(query: string, path: string): { system: string; value: string } {
  const parameters = [...new URLSearchParams(query.replace(/^[^=]*\?/, ''))];
  const [first] = parameters;
  const [, system = '', value = ''] = /^([^|]*)\|(.+)$/s.exec(first?.[1] ?? '') ?? [];
  if (parameters.length !== 1 || first?.[0] !== 'identifier' || system === '' || value === '') {
    throw new AppError('invalid-request', 'The condition must be identifier=system|value.', path);
  }
  return { system, value };
}

/** Only when it is not there at all: a subject that is wrong stays a fault. */
function isLackOfSubject({ path = '' }: Fault, entry: unknown): boolean {
  const element = SUBJECT.test(path) ? path.slice(path.lastIndexOf('.') + 1) : null;
  const { resource } = entry as { resource?: Record<string, unknown> };
  return element !== null && resource?.[element] === undefined;
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new AppError(faults.slice(0, MOST_FAULTS));
}
