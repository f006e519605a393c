import { type DoubtReason } from '../../kernel/index.js';
import { type StoredResult } from '../../people/domain/stored-result.js';

/** One line of data quality: what of which result, and why. */
export interface Listed {
  observationId: string;
  component: number;
  reason: DoubtReason;
}

/** Found when the result was read, about its person or its time: no rule counts them. */
const OF_THE_READING: ReadonlySet<DoubtReason> = new Set(['no-person', 'no-time']);

/** Whether an item stands on the list only because rules of before have counted it. */
export function isOutdated(
  { observationId, component, reason }: Listed,
  result: Pick<StoredResult, 'measurements'> | undefined,
  counted: readonly Listed[],
): boolean {
  if (!result || OF_THE_READING.has(reason)) return false;
  // A time in the future is noted of the result itself.
  if (reason === 'implausible' && component === 0) return false;
  const measured = result.measurements.find((measurement) => measurement.component === component);
  if (measured?.doubts.some((doubt) => doubt.reason === reason)) return false;
  return !counted.some(
    (one) => one.observationId === observationId && one.component === component && one.reason === reason,
  );
}
