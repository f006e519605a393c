export {
  type EntryResult,
  type IncomingEntry,
  type IncomingMessage,
  type IncomingResource,
  isResult,
} from './domain/incoming.js';
export { IntakeModule } from './intake.module.js';
export { Rejudging } from './rejudging.js';
export { VocabularyWatch, VocabularyWatchModule } from './vocabulary-watch.js';
export { IntakeService } from './intake.service.js';
export { Admission, People } from './admission.js';
export { Judging } from './judging.js';
export { Contents } from './contents.js';
export { Rereading } from './rereading.js';
export { entriesOf } from './stored-entries.js';
