export { AccessKeyEntity, AuditEventEntity, type Scope, SCOPES } from './access.entity.js';
export { identify, type KnownRequest } from './access.guard.js';
export { AccessModule } from './access.module.js';
export { AccessService, type Caller } from './access.service.js';
export { AuditTrail, type Audited } from './audit-trail.js';
export { Needs, NeedsReading, Open, ROUTE_ACCESS, type RouteAccess } from './needs.js';
