export { AccessKeyEntity, AuditEventEntity, type Scope, SCOPES } from './access.entity.js';
export { AccessModule } from './access.module.js';
export { AccessService } from './access.service.js';
export { AuditTrail, type Audited } from './audit-trail.js';
export {
  actorOf,
  type Caller,
  type CallersRequest,
  type KeyCaller,
  mayReveal,
  refuseToReveal,
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
export { sessionCookie } from './session-cookie.js';
