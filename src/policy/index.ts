export { dueTime } from './domain/due-time.js';
export {
  compareUrgency,
  type NotificationPolicy,
  URGENCIES,
  type Urgency,
  urgencyOf,
} from './domain/policy.js';
export { POLICY_SCHEMA } from './load-policy.js';
export { PolicyModule } from './policy.module.js';
export { PolicyService } from './policy.service.js';
