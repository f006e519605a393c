import { localDay, type MeasuredFact } from '../../kernel/index.js';
import { type OrderedAnalyte } from './person-records.js';

/** An order and the results of its checkup are seldom further apart; an older one was not followed up. */
const CHECKUP_MS = 30 * 86_400_000;

/**
 * Analytes ordered in the present checkup and not yet in.
 * @param facts the latest value of each analyte
 * @param asOf instant of the latest value of all; null where nothing was measured
 * @param zone of the centre
 */
export function stillOrdered(
  orders: readonly OrderedAnalyte[],
  facts: ReadonlyMap<string, MeasuredFact>,
  asOf: Date | null,
  zone: string,
): Set<string> {
  if (orders.length === 0) return new Set();
  const since = asOf && localDay(new Date(asOf.getTime() - CHECKUP_MS).toISOString(), zone);
  const open = orders.filter(({ analyte, on }) => {
    const latest = facts.get(analyte);
    if (on === null) return !latest;
    if (since !== null && on < since) return false;
    return !latest || localDay(latest.source.at, zone) < on;
  });
  return new Set(open.map(({ analyte }) => analyte));
}
