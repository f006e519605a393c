import { type MeasuredValue } from '../../../kernel/index.js';

/** Signs that a text which cannot be read is a result all the same: a figure, plus signs, a word for positive or for many. */
const RESULT = /\d|\+|阳|陽|可疑|成堆|多数|多數|positive|reactive|detected/i;

/**
 * What cannot be read but is a result (`>2,000`, `成堆`, `3..5`) may be any value: the doctor looks at it. Words that say why
 * there is no result (`标本溶血`) are counted, and go to nobody.
 */
export function anyValueWhereResult(sent: string, unit: string): MeasuredValue | null {
  return RESULT.test(sent.normalize('NFKC')) ? { kind: 'unit-unknown', readings: [], unit } : null;
}
