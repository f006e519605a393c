/** An event as it is kept, without its place in the chain. */
export interface KeptEvent {
  id: string;
  at: Date;
  actor: string;
  role: string | null;
  action: string;
  personId: string | null;
  subject: string | null;
  reason: string | null;
  source: string | null;
  detail: string;
}

/** The end of the chain: the place of its last event, and that one's hash. */
export interface Head {
  seq: number;
  hash: string;
}

export interface Linked extends KeptEvent, Head {}

/** Where a chain begins. */
export const NO_EVENTS: Head = { seq: 0, hash: '' };

/** A keyed hash: without the key nobody can link on, or link anew what they changed. */
export type KeyedHash = (text: string) => string;

/** The hash of an event at its place, which holds all that came before it. */
export function linkHash(event: KeptEvent, { seq, hash: before }: Head, hash: KeyedHash): string {
  const { id, at, actor, role, action, personId, subject, reason, source, detail } = event;
  const said = [id, at.toISOString(), actor, role, action, personId, subject, reason, source, detail];
  return hash(`audit ${JSON.stringify([before, seq + 1, ...said])}`);
}

/** Puts events at the end of the chain, in the order given. */
export function linkOn(head: Head, events: readonly KeptEvent[], hash: KeyedHash): Linked[] {
  let last = head;
  return events.map((event) => {
    const linked = { ...event, seq: last.seq + 1, hash: linkHash(event, last, hash) };
    last = linked;
    return linked;
  });
}

/** Where a chain does not hold: the event at this place is not as it was sealed, or is not there. */
export interface Break {
  seq: number;
  why: 'changed' | 'missing' | 'twice';
  /** Of the event that stands at this place; null when there is none. */
  id: string | null;
}

/** Follows events in the order of their places. @returns the first place where they don't follow the head, or the new head */
export function follow(head: Head, events: Iterable<Linked>, hash: KeyedHash): Break | Head {
  let last = head;
  for (const event of events) {
    if (event.seq > last.seq + 1) return { seq: last.seq + 1, why: 'missing', id: null };
    if (event.seq <= last.seq) return { seq: event.seq, why: 'twice', id: event.id };
    if (event.hash !== linkHash(event, last, hash)) return { seq: event.seq, why: 'changed', id: event.id };
    last = { seq: event.seq, hash: event.hash };
  }
  return last;
}
