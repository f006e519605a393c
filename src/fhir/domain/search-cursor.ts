/** The last entry of a page: where the next begins. */
export interface Cursor {
  /** Null when the order is by id alone. */
  at: Date | null;
  id: string;
}

const SHAPE = /^(?:(\d{1,15})~)?([A-Za-z0-9\-.]{1,64})$/;

export function writeCursor({ at, id }: Cursor): string {
  return at ? `${at.getTime()}~${id}` : id;
}

export function readCursor(text: string): Cursor | null {
  const match = SHAPE.exec(text);
  return match ? { at: match[1] === undefined ? null : new Date(Number(match[1])), id: match[2]! } : null;
}
