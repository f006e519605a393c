/** What decides which version of a result counts. */
export interface VersionRank {
  issued: Date | null;
  sentUpdated: Date | null;
  status: string;
}

const STATUS_ORDER = [
  'registered',
  'unknown',
  'partial',
  'preliminary',
  'final',
  'appended',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
];

/**
 * Versions rank by `issued`, then `meta.lastUpdated` as sent, then status; where these are alike, arrival decides
 * (product semantics).
 * @returns negative, zero or positive
 */
export function compareRank(a: VersionRank, b: VersionRank): number {
  return (
    compareInstants(a.issued, b.issued) ||
    compareInstants(a.sentUpdated, b.sentUpdated) ||
    STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status)
  );
}

function compareInstants(a: Date | null, b: Date | null): number {
  return (a?.getTime() ?? -Infinity) === (b?.getTime() ?? -Infinity)
    ? 0
    : (a?.getTime() ?? -Infinity) - (b?.getTime() ?? -Infinity);
}

const EVIDENCE = new Set(['final', 'amended', 'corrected', 'appended', 'preliminary', 'partial', 'unknown']);
const PRELIMINARY = new Set(['preliminary', 'partial']);

/** Whether a version with this status is judged at all. `registered` waits; withdrawn ones are never evidence. */
export function isEvidence(status: string): boolean {
  return EVIDENCE.has(status);
}

export function isPreliminary(status: string): boolean {
  return PRELIMINARY.has(status);
}
