import { type MeasuredValue } from '../../kernel/index.js';
import { readText } from './values/read-value.js';
import { readNumber } from './values/read-number.js';
import { type Vocabulary } from './vocabulary.js';

/**
 * A value as a doctor or a report writes it (`3.0`, `<0.5`, `15-30`, `126 mg/dL`, `++`, `HSIL`) as the analyte
 * understands it. `unit` is used when the text has none; without both, `unitless` decides: a rule's author means the
 * canonical unit, so callers pass `analyte.unit`. Null: unknown analyte, or not readable in that unit.
 */
export function toCanonical(
  vocabulary: Vocabulary,
  analyteId: string,
  value: string,
  unit?: string,
): MeasuredValue | null {
  const analyte = vocabulary.get(analyteId);
  if (!analyte) return null;
  const bare = readNumber(value)?.unit === null;
  const text = bare && unit !== undefined && unit !== '1' ? `${value} ${unit}` : value;
  const read = readText(text, { analyte, coded: true, fastingIn: null }, vocabulary);
  return 'doubt' in read ? null : read.value;
}
