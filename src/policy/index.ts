export { dueTime } from './domain/due-time.js';
export {
  compareUrgency,
  type NotificationPolicy,
  URGENCIES,
  type Urgency,
  urgencyOf,
} from './domain/policy.js';
export { POLICY_PATH, POLICY_SCHEMA, readPolicy } from './domain/read-policy.js';
