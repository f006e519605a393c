export { type Call, type CallOutcome } from './call.js';
export { CallsService } from './calls.service.js';
export { ContactEntity } from './contact.entity.js';
export { ATTEMPT_OUTCOMES, type AttemptOutcome } from './domain/attempt.js';
export { ANSWERERS, type Answerer, mayHear } from './domain/hearing.js';
export { type PlannedTask, TASK_CODES, type TaskCode } from './domain/plan-tasks.js';
export {
  type Confirmation,
  CONFIRMATIONS,
  holderOf,
  SPECIMEN_NOTES,
  type SpecimenNote,
  TASK_ACTS,
  type TaskAct,
} from './domain/task-life.js';
export { atWork } from './domain/at-work.js';
export { type AskedLast, askUntil, restingAt, stepsAsked } from './domain/ladder.js';
export { restsOn } from './domain/resting.js';
export { LoopEntity } from './loop.entity.js';
export { LoopsService } from './loops.service.js';
export { coveredBy } from './domain/covers.js';
export { hush, isSilencedBy, type Silence } from './domain/silence.js';
export { SilenceEntity } from './silence.entity.js';
export { SilenceRepository } from './silence.repository.js';
export { SilencesService } from './silences.service.js';
export { TaskEventEntity } from './task-event.entity.js';
export { sentTo, TaskHistoryRepository } from './task-history.repository.js';
export { type Act, TaskWorkService } from './task-work.service.js';
export { TaskEntity, TaskFindingEntity } from './task.entity.js';
export { TaskRepository, type TaskSubject } from './task.repository.js';
export { TasksModule } from './tasks.module.js';
export { TasksService } from './tasks.service.js';
