import { shortHash } from './content.js';

interface Identifier {
  system?: string;
  value?: string;
}
export interface Identified {
  resourceType: string;
  id?: string;
  identifier?: Identifier[] | Identifier;
}

/** The first business identifier that is complete: system and value. */
export function businessIdentifier(resource: Identified): { system: string; value: string } | null {
  const list = Array.isArray(resource.identifier)
    ? resource.identifier
    : resource.identifier
      ? [resource.identifier]
      : [];
  const found = list.find((identifier) => identifier.system && identifier.value);
  return found ? { system: found.system!, value: found.value! } : null;
}

/** The key of a resource that is known by a business identifier: also what an `identifier` search looks for. */
export function identifierKey(type: string, system: string, value: string): string {
  return shortHash(`identifier\n${type}\n${system}\n${value}`);
}

/**
 * Which record it is (product semantics): by its business identifier, else by the sender's id within feed and person,
 * else by person and content (which holds code, time, specimen and device).
 */
export function identityKey(
  resource: Identified,
  feedId: string,
  personKey: string,
  contentHash: () => string,
): string {
  const identifier = businessIdentifier(resource);
  if (identifier) return identifierKey(resource.resourceType, identifier.system, identifier.value);
  if (resource.id) return shortHash(`id\n${resource.resourceType}\n${feedId}\n${personKey}\n${resource.id}`);
  return shortHash(`content\n${resource.resourceType}\n${personKey}\n${contentHash()}`);
}

/** What a feed calls a resource: for references that arrive before, or apart from, what they refer to. */
export function senderKey(feedId: string, type: string, id: string): string {
  return shortHash(`sender\n${feedId}\n${type}\n${id}`);
}
