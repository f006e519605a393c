import { contentText, shortHash } from '../../people/domain/content.js';
import { type IncomingEntry, type IncomingResource } from './incoming.js';

/** What a reference to a person says: an entry of the same message, an id, an identifier, or nothing that can be followed. */
export type SubjectReference =
  | { to: 'entry'; entry: IncomingEntry }
  | { to: 'id'; id: string; identifier: { system: string; value: string } | null }
  | { to: 'identifier'; system: string; value: string }
  | { to: 'missing'; reference: string }
  | { to: 'nobody' };

const RELATIVE = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;
const CONDITIONAL = /^Patient\?identifier=([^|&]*)(?:\||%7C)([^&]+)$/i;

/** Follows references within one message. */
export class MessageReferences {
  readonly #byUrl = new Map<string, IncomingEntry>();
  readonly #byTypeAndId = new Map<string, IncomingEntry>();
  readonly #names = new Map<IncomingEntry, string>();

  constructor(entries: readonly IncomingEntry[]) {
    for (const entry of entries) {
      if (entry.fullUrl) this.#byUrl.set(entry.fullUrl, entry);
      const id = entry.chosenId ?? entry.resource.id;
      if (id) this.#byTypeAndId.set(`${entry.resource.resourceType}/${id}`, entry);
    }
  }

  /** The entry that a reference means, within this message. */
  entry(reference: string | undefined): IncomingEntry | null {
    if (!reference) return null;
    return this.#byUrl.get(reference) ?? this.#byTypeAndId.get(reference) ?? null;
  }

  /** Whom a resource is about. */
  subject(resource: IncomingResource): SubjectReference {
    return this.person(subjectOf(resource), resource);
  }

  /** What names the person of a resource besides a reference to them. */
  identifierBeside(resource: IncomingResource): { system: string; value: string } | null {
    const { reference, identifier } = subjectOf(resource) ?? {};
    return reference && identifier ? namedBy(identifier) : null;
  }

  /** Whom a reference to a person means; `resource` is where it stands. */
  person(subject: fhir4.Reference | undefined, resource: IncomingResource): SubjectReference {
    if (!subject) return { to: 'nobody' };
    const { reference, identifier } = subject;
    const named = namedBy(identifier);
    const entry = this.entry(reference);
    if (entry) return entry.resource.resourceType === 'Patient' ? { to: 'entry', entry } : { to: 'nobody' };
    if (reference?.startsWith('#')) return contained(resource, reference.slice(1));
    const conditional = CONDITIONAL.exec(reference ?? '');
    if (conditional)
      return { to: 'identifier', system: decode(conditional[1]!), value: decode(conditional[2]!) };
    const local = reference && RELATIVE.exec(reference);
    if (local)
      return local[1] === 'Patient' ? { to: 'id', id: local[2]!, identifier: named } : { to: 'nobody' };
    if (named) return { to: 'identifier', ...named };
    return reference ? { to: 'missing', reference } : { to: 'nobody' };
  }

  /**
   * A name that stays the same when the message is sent again under new `urn:uuid`s: by identifier or id, else by what the
   * resource says, so that results of two nameless specimens stay two.
   */
  stableName(reference: string): string {
    const entry = reference.startsWith('urn:') ? this.entry(reference) : null;
    if (!entry) return reference;
    let name = this.#names.get(entry);
    if (name === undefined) this.#names.set(entry, (name = nameOf(entry.resource, reference)));
    return name;
  }
}

function nameOf(resource: IncomingResource, reference: string): string {
  const { resourceType, id } = resource;
  const { identifier } = resource as { identifier?: fhir4.Identifier | fhir4.Identifier[] };
  const first = Array.isArray(identifier) ? identifier[0] : identifier;
  if (first?.value) return `${resourceType}?${first.system ?? ''}|${first.value}`;
  if (id && !reference.endsWith(id)) return `${resourceType}/${id}`;
  // References inside it may lead back here; what they mean is left out.
  const content = contentText(resource, (inner) => (inner.startsWith('urn:') ? 'urn:' : inner));
  return `${resourceType}#${shortHash(content)}`;
}

/** `Type/id` of a relative or absolute reference. */
export function localReference(reference: string | undefined): { type: string; id: string } | null {
  const found = reference && RELATIVE.exec(reference);
  return found ? { type: found[1]!, id: found[2]! } : null;
}

function namedBy(identifier: fhir4.Identifier | undefined): { system: string; value: string } | null {
  return identifier?.system && identifier.value
    ? { system: identifier.system, value: identifier.value }
    : null;
}

function subjectOf(resource: IncomingResource): fhir4.Reference | undefined {
  const { subject, patient } = resource as { subject?: fhir4.Reference; patient?: fhir4.Reference };
  return subject ?? patient;
}

function contained(resource: IncomingResource, id: string): SubjectReference {
  const inside = (resource as { contained?: fhir4.FhirResource[] }).contained?.find((one) => one.id === id);
  const identifier =
    inside?.resourceType === 'Patient'
      ? inside.identifier?.find((one) => one.system && one.value)
      : undefined;
  return identifier
    ? { to: 'identifier', system: identifier.system!, value: identifier.value! }
    : { to: 'nobody' };
}

/** A part of a URL in clear; as it is when it is not encoded soundly. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
