/** The part of a message that references are looked up in. */
export interface SentBundle {
  resourceType: string;
  entry?: readonly { fullUrl?: string; resource?: object }[];
}

/** Where a reference of a message leads. */
export interface Target {
  /** Place in the same message; null when it is not there. */
  entry: number | null;
  /** What the sender calls it; null when it has no id of its own. */
  sender: { type: string; id: string } | null;
}

const TYPE_AND_ID = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]+)?$/;

/** Looks up the references of one message: by `fullUrl`, by `Type/id`, or by what the sender calls it. */
export function referenceIndex(sent: SentBundle): (reference: string) => Target {
  const places = new Map<string, number>();
  const entries = sent.entry ?? [];
  entries.forEach(({ fullUrl, resource }, place) => {
    const { resourceType, id } = (resource ?? {}) as { resourceType?: string; id?: string };
    if (id !== undefined) places.set(`${resourceType}/${id}`, place);
    if (fullUrl !== undefined) places.set(fullUrl, place);
  });
  return (reference) => {
    const named = TYPE_AND_ID.exec(reference);
    const entry = places.get(reference) ?? (named && places.get(`${named[1]}/${named[2]}`)) ?? null;
    if (named) return { entry, sender: { type: named[1]!, id: named[2]! } };
    const { resourceType, id } = ((entry === null ? null : entries[entry]?.resource) ?? {}) as {
      resourceType?: string;
      id?: string;
    };
    return { entry, sender: resourceType && id ? { type: resourceType, id } : null };
  };
}
