export { AccessKeyEntity, type Scope, SCOPES } from './access.entity.js';
export { AccessModule } from './access.module.js';
export { AccessService } from './access.service.js';
export { AuditChainEntity, AuditEventEntity } from './audit/audit-event.entity.js';
export { AuditRepository, type FoundEvent } from './audit/audit.repository.js';
export { type Actor, AuditTrail, type Audited } from './audit/audit-trail.js';
export { Sealer } from './audit/sealer.js';
export { AuditSealingModule } from './audit/sealing-clock.js';
export { AuditVerifier, type Verified } from './audit/verifier.js';
export {
  actorOf,
  type Caller,
  type CallersRequest,
  type KeyCaller,
  mayReveal,
  refuseToReveal,
  rowsOfCaller,
  type UserCaller,
} from './caller.js';
export {
  allowedTo,
  CAPABILITIES,
  type Capability,
  isAllowed,
  Needs,
  Open,
  ROUTE_ACCESS,
  type RouteAccess,
} from './needs.js';
export { CHANGE_TOKEN, isFromElsewhere, type KnownRequest, Recognition } from './recognition.js';
export { BreakGlassEntity } from './rows/break-glass.entity.js';
export { BreakGlass } from './rows/break-glass.service.js';
export { RowLimits, tableOfRoute, UNLIMITED } from './rows/row-limits.js';
export { sessionCookie } from './session-cookie.js';
