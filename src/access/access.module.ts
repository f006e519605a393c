import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { AuditRepository } from './audit/audit.repository.js';
import { AuditTrail } from './audit/audit-trail.js';
import { Sealer } from './audit/sealer.js';
import { AuditVerifier } from './audit/verifier.js';
import { Recognition } from './recognition.js';
import { BreakGlass } from './rows/break-glass.service.js';
import { RowLimits } from './rows/row-limits.js';

/** Keys, sessions at the door, who may do what, and the audit trail; its guard stands before every route. */
@Global()
@Module({
  providers: [
    AccessRepository,
    AccessService,
    AuditRepository,
    AuditTrail,
    AuditVerifier,
    BreakGlass,
    Recognition,
    RowLimits,
    Sealer,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [
    AccessService,
    AuditRepository,
    AuditTrail,
    AuditVerifier,
    BreakGlass,
    Recognition,
    RowLimits,
    Sealer,
  ],
})
export class AccessModule {}
