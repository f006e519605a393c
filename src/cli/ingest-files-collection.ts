import { type AnyResource } from './ingest-files-document.js';

/** A Bundle as the intake takes it. */
export interface IngestBundle extends AnyResource {
  resourceType: 'Bundle';
}

/** One resource of a group, with the line it came from. */
export interface GroupedResource {
  resource: AnyResource;
  /** As it came. */
  text: string;
  line: number;
  bytes: number;
}

const LARGEST_GROUP = 200;
/** From here on a group ends where the next person begins. */
const ENOUGH = 100;
const LARGEST_GROUP_BYTES = 4 << 20;

/** A document or a search result is a collection for us; other Bundles stay what they are; a resource becomes one. */
export function asBundle(resource: AnyResource): IngestBundle {
  if (!isBundle(resource)) return collectionOf([resource]);
  if (resource['type'] !== 'document' && resource['type'] !== 'searchset') return resource;
  const { link: _pages, total: _total, ...rest } = resource;
  return {
    ...rest,
    resourceType: 'Bundle',
    type: 'collection',
    entry: entriesOf(resource).map(withoutSearch),
  };
}

export function isBundle(resource: AnyResource): resource is IngestBundle {
  return resource.resourceType === 'Bundle';
}

export function collectionOf(resources: readonly AnyResource[]): IngestBundle {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

/** The text of a Bundle around single resources, each word for word. */
export function collectionText(texts: readonly string[]): string {
  const entries = texts.map((text) => `{"resource":${text}}`).join(',');
  return `{"resourceType":"Bundle","type":"collection","entry":[${entries}]}`;
}

function entriesOf(bundle: AnyResource): unknown[] {
  return Array.isArray(bundle['entry']) ? bundle['entry'] : [];
}

/** What a page says about the search is not allowed in a collection. */
function withoutSearch(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const { search: _score, link: _links, ...rest } = entry as Record<string, unknown>;
  return rest;
}

/** Gathers single resources into groups that one transaction takes, keeping a person's neighbours together. */
export class ResourceGroup {
  #members: GroupedResource[] = [];
  #bytes = 0;
  #subject: string | null = null;

  /** Adds a resource and returns the group that had to end before it, if any. */
  add(member: GroupedResource): GroupedResource[] {
    const subject = subjectOf(member.resource);
    const full = this.#members.length >= LARGEST_GROUP || this.#bytes + member.bytes > LARGEST_GROUP_BYTES;
    const nextPerson = this.#members.length >= ENOUGH && subject !== this.#subject;
    const ended = full || nextPerson ? this.take() : [];
    this.#members.push(member);
    this.#bytes += member.bytes;
    this.#subject = subject;
    return ended;
  }

  /** Ends the group. */
  take(): GroupedResource[] {
    const members = this.#members;
    this.#members = [];
    this.#bytes = 0;
    return members;
  }
}

/** Whom a resource is about, as the sender writes it. */
export function subjectOf(resource: AnyResource): string | null {
  if (resource.resourceType === 'Patient')
    return typeof resource['id'] === 'string' ? `Patient/${resource['id']}` : null;
  const link = (resource['subject'] ?? resource['patient']) as { reference?: unknown } | null | undefined;
  return typeof link?.reference === 'string' ? link.reference : null;
}
