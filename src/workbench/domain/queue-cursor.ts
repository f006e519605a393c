import { URGENCIES, type Urgency } from '../../policy/index.js';

/** The last item of a page of the queue: the next page begins after it. */
export interface QueueCursor {
  urgency: Urgency;
  due: Date;
  attempts: number;
  id: string;
}

const SHAPE = /^(A|important|B|C)~(\d{1,15})~(\d{1,6})~([A-Za-z0-9-]{1,36})$/;

export function writeQueueCursor({ urgency, due, attempts, id }: QueueCursor): string {
  return `${urgency}~${due.getTime()}~${attempts}~${id}`;
}

/** Null when the text is none of ours. */
export function readQueueCursor(text: string): QueueCursor | null {
  const [, urgency, due, attempts, id] = SHAPE.exec(text) ?? [];
  return urgency && due && attempts && id
    ? { urgency: urgency as Urgency, due: new Date(Number(due)), attempts: Number(attempts), id }
    : null;
}

/** Place in the queue, gravest first; the same order as `URGENCIES`. */
export function rankOf(urgency: Urgency): number {
  return URGENCIES.indexOf(urgency);
}
