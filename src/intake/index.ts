export {
  CLINICAL_TYPES,
  type EntryResult,
  type IncomingEntry,
  type IncomingMessage,
  type IncomingResource,
  isClinical,
  isResult,
  RESULT_TYPES,
} from './domain/incoming.js';
export { IntakeModule } from './intake.module.js';
export { Rejudging, type RejudgingOutcome } from './rejudging.js';
export { VocabularyWatch, VocabularyWatchModule } from './vocabulary-watch.js';
export { IntakeService } from './intake.service.js';
export { Admission, People } from './admission.js';
export { Judging, type Touched } from './judging.js';
export { entriesOf, Rereading } from './rereading.js';
