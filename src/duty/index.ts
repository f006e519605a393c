export { type Capacity, classInWords, clockTime, taskRef } from './domain/words.js';
export { DutyModule } from './duty.module.js';
export {
  isOnItsWay,
  type Noticed,
  type SentTo,
  StaffMessages,
  type StaffNotice,
} from './staff-messages.service.js';
