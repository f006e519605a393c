import { type Measurement } from '../../kernel/index.js';
import { unitCandidates, printUnit } from './units/unit-spelling.js';
import { isUcum } from './units/ucum.js';

/** A value with its unit as a nurse reads it: the laboratory's digits, `×10⁹/L` for every spelling of it. */
export function printValue(measurement: Measurement): string {
  const match = /^([<>]=?)?(-?[\d.]+) (.+)$/.exec(measurement.asSent);
  if (!match || measurement.value?.kind === 'text') return measurement.asSent;
  const unit = unitCandidates(match[3]!).find(isUcum);
  const sign = match[1]?.replace('<=', '≤').replace('>=', '≥') ?? '';
  return `${sign}${match[2]} ${unit ? printUnit(unit) : match[3]!}`.trim();
}
