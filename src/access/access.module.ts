import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { AuditTrail } from './audit-trail.js';

/** Keys, scopes and the audit trail; its guard stands before every route. */
@Global()
@Module({
  providers: [AccessRepository, AccessService, AuditTrail, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AccessService, AuditTrail],
})
export class AccessModule {}
