import { type StoredMessage } from '../people/index.js';
import { type IncomingEntry, type IncomingResource } from './domain/incoming.js';

/** The entries of a stored message, as far as references need them. */
export function entriesOf({ payload }: StoredMessage): IncomingEntry[] {
  const bundle = payload as { resourceType: string; entry?: SentEntry[] };
  const alone = { resource: payload as unknown as IncomingResource };
  const list: SentEntry[] = bundle.resourceType === 'Bundle' ? (bundle.entry ?? []) : [alone];
  return list.flatMap(({ resource, fullUrl, request }, index): IncomingEntry | [] => {
    if (!resource) return [];
    const chosenId = request?.method === 'PUT' ? (request.url?.split(/[/?]/)[1] ?? null) : null;
    const asked = { condition: conditionOf(request), isCreate: request?.method !== 'PUT' };
    return {
      index,
      path: '',
      fullUrl: fullUrl ?? null,
      resource,
      chosenId: asked.condition ? null : chosenId,
      ...asked,
    };
  });
}

interface SentEntry {
  fullUrl?: string;
  resource?: IncomingResource;
  request?: { method?: string; url?: string; ifNoneExist?: string };
}

/** The identifier that a conditional create or update asked for; the door let nothing else in. */
function conditionOf(request: SentEntry['request']): IncomingEntry['condition'] {
  const query = request?.ifNoneExist ?? request?.url?.split('?', 2)[1];
  if (!query) return null;
  const identifier = new URLSearchParams(query.replace(/^[^=]*\?/, '')).get('identifier') ?? '';
  const [, system = '', value = ''] = /^([^|]*)\|(.+)$/s.exec(identifier) ?? [];
  return { system, value };
}
