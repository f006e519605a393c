/** The last move of a page: the next page begins after it. */
export interface MoveCursor {
  at: Date;
  assessmentId: string;
  version: number;
}

const SHAPE = /^(\d{1,15})~([A-Za-z0-9-]{1,36})~(\d{1,9})$/;

export function writeMoveCursor({ at, assessmentId, version }: MoveCursor): string {
  return `${at.getTime()}~${assessmentId}~${version}`;
}

/** Null when the text is none of ours. */
export function readMoveCursor(text: string): MoveCursor | null {
  const [, at, assessmentId, version] = SHAPE.exec(text) ?? [];
  return at && assessmentId && version
    ? { at: new Date(Number(at)), assessmentId, version: Number(version) }
    : null;
}
