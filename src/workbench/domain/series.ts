import { type Interval } from '../../kernel/index.js';
import { isPreliminary, isValidValue, type StoredResult } from '../../people/index.js';
import { type SeriesPoint } from '../people.dto.js';

/** The points that results give of one analyte, first to last; what is no number, or not to be trusted, gives none. */
export function pointsOf(results: readonly StoredResult[], analyte: string): SeriesPoint[] {
  return results
    .flatMap((result) =>
      result.measurements.flatMap((measurement): SeriesPoint[] => {
        const { value, asSent } = measurement;
        if (measurement.analyte !== analyte || value?.kind !== 'number' || !isValidValue(result, measurement))
          return [];
        const told = numberOf(value.interval);
        if (told === null) return [];
        return [
          {
            at: result.at.toISOString(),
            ...told,
            asSent,
            isPreliminary: isPreliminary(result.status),
            observationId: result.id,
          },
        ];
      }),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function numberOf({ low, high }: Interval): Pick<SeriesPoint, 'value' | 'kind'> | null {
  if (low === null) return high === null ? null : { value: high, kind: 'below' };
  if (high === null) return { value: low, kind: 'above' };
  return { value: low, kind: low === high ? 'exact' : 'range' };
}

type RangeSent = Pick<fhir4.ObservationReferenceRange, 'low' | 'high' | 'appliesTo' | 'age'>;

/** The one numeric interval that a report prints for whoever it speaks of; null where there is none, or more than one. */
export function rangeSent(
  ranges: readonly RangeSent[] | undefined,
): { low: fhir4.Quantity | null; high: fhir4.Quantity | null } | null {
  const numeric = (ranges ?? []).filter(
    ({ low, high }) => low?.value !== undefined || high?.value !== undefined,
  );
  const [only] = numeric;
  if (!only || numeric.length > 1) return null;
  return { low: only.low ?? null, high: only.high ?? null };
}
