export {
  type EntryResult,
  type IncomingEntry,
  type IncomingMessage,
  type IncomingResource,
  isResult,
} from './domain/incoming.js';
export { type IngestOutcome, IngestOutcomeReader } from './ingest-outcome.js';
export { HandReports, type ReportKept, type Withdrawal } from './hand-reports.service.js';
export { type HandReport, isFoundByHand } from './domain/by-hand.js';
export { IntakeModule } from './intake.module.js';
export { Rejudging } from './rejudging.js';
export { VocabularyWatch, VocabularyWatchModule } from './vocabulary-watch.js';
export { IntakeService } from './intake.service.js';
export { Admission, People } from './admission.js';
export { type Care, CareOfResults } from './care.js';
export {
  type AllOfOne,
  type ExpectedFinding,
  Judging,
  type JudgingOutcome,
  type Touched,
} from './judging.js';
export { Levelling, type LevelSources } from './levelling.js';
export { type ChangingPerson, type LevelChange, targetOf } from './domain/change-of-level.js';
export { levelInput } from './domain/level-input.js';
export { personAt } from './domain/person-at.js';
export { Timeline } from './domain/timeline.js';
export { type Prospect, Prospects } from './prospects.js';
export { Records, type SpeakingRecord } from './records.js';
export { PersonRecords } from './domain/person-records.js';
export { type Said, SPEAKING_TYPES } from './domain/said.js';
export { Contents } from './contents.js';
export { Rereading } from './rereading.js';
export { Surroundings } from './surroundings.js';
export { entriesOf } from './stored-entries.js';
