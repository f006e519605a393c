import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { AuditTrail } from './audit-trail.js';
import { Recognition } from './recognition.js';

/** Keys, sessions at the door, who may do what, and the audit trail; its guard stands before every route. */
@Global()
@Module({
  providers: [
    AccessRepository,
    AccessService,
    AuditTrail,
    Recognition,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessService, AuditTrail, Recognition],
})
export class AccessModule {}
