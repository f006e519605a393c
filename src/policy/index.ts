export { type Call, type CallGiven, callOf } from './domain/call-of.js';
export { dueTime } from './domain/due-time.js';
export {
  compareUrgency,
  type NotificationPolicy,
  URGENCIES,
  type Urgency,
  urgencyOf,
} from './domain/policy.js';
export {
  CALLING_DEFAULTS,
  CARE_SETTINGS,
  type CareSetting,
  LADDER_ROLES,
  type ReportingDepartment,
  type LadderRole,
  type RouteStep,
} from './domain/calling.js';
export { onDuty } from './domain/duty.js';
export { type AtWork, nextOnLadder, type Plan, planCall, quietUntil } from './domain/plan-call.js';
export { POLICY_SCHEMA } from './domain/policy-schema.js';
export { POLICY_PATH, policyWarnings, readPolicy } from './domain/read-policy.js';
export { workingMinutes } from './domain/working-time.js';
