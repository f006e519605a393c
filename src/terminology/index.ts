export {
  type Analyte,
  type Category,
  type Compartment,
  type Meaning,
  type Names,
  type Nature,
} from './domain/analyte.js';
export { type HistoryFact, type HistoryTerms } from './domain/history-terms.js';
export { NO_CONTEXT, type ResultContext } from './domain/context.js';
export { extendVocabulary } from './domain/extend-vocabulary.js';
export { findMeaning } from './domain/find-meaning.js';
export { type DiagnosticReport, type Observation } from './domain/fhir-input.js';
export { normalise } from './domain/normalise.js';
export { readMapping } from './domain/read-mapping.js';
export { toCanonical } from './domain/to-canonical.js';
export { specimenKind } from './domain/specimen.js';
export { printUnit } from './domain/units/unit-spelling.js';
export { isUcum } from './domain/units/ucum.js';
export { type Mapping, Vocabulary } from './domain/vocabulary.js';
export { loadVocabulary, readVocabularyFiles, type VocabularyFile, vocabularyOf } from './load-vocabulary.js';
export { type DoubtReason } from '../kernel/index.js';
export { TerminologyModule } from './terminology.module.js';
export { TerminologyService } from './terminology.service.js';
