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
export { IntakeService } from './intake.service.js';
