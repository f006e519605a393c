import { AppError, type Fault } from '../../kernel/index.js';
import { conversionFrom } from './units/conversion.js';
import { isUcum } from './units/ucum.js';
import { type Mapping, Vocabulary } from './vocabulary.js';

/**
 * A new vocabulary with a centre's own mappings added; a later mapping of the same code, name or unit wins, and a
 * centre's mapping wins over the shipped files. Throws `invalid-request` with one fault for each mapping that names an
 * unknown analyte, an invalid UCUM unit, or a unit that the analyte doesn't have.
 */
export function extendVocabulary(vocabulary: Vocabulary, mappings: readonly Mapping[]): Vocabulary {
  const faults = mappings.flatMap((mapping, index) => faultsOf(vocabulary, mapping, `mapping[${index}]`));
  if (faults.length > 0) throw new AppError(faults);
  return new Vocabulary(vocabulary.analytes, [...vocabulary.mappings, ...mappings], vocabulary.history);
}

function faultsOf(vocabulary: Vocabulary, mapping: Mapping, path: string): Fault[] {
  const fault = (message: string): Fault[] => [{ code: 'invalid-request', message, path }];
  const analyte = mapping.analyte === undefined ? undefined : vocabulary.get(mapping.analyte);
  if (mapping.analyte !== undefined && !analyte) return fault(`Unknown analyte "${mapping.analyte}".`);
  if (mapping.kind !== 'unit') return [];
  if (!isUcum(mapping.unit)) return fault(`"${mapping.unit}" is not a UCUM unit.`);
  if (analyte && !conversionFrom(analyte, mapping.unit, true)) {
    return fault(`${mapping.unit} does not convert to ${analyte.unit}, the unit of ${analyte.id}.`);
  }
  return [];
}
