import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuditSealingModule } from './access/index.js';
import { CheckpointsModule } from './database/index.js';
import { DailySummaryModule } from './reports/index.js';
import { EscalationClockModule } from './escalation/index.js';
import { ScheduleModule } from '@nestjs/schedule';
import { FhirModule } from './fhir/fhir.module.js';
import { GroundModule } from './ground.module.js';
import { VocabularyWatchModule } from './intake/index.js';
import { SendingModule } from './messaging/index.js';
import { OpsModule } from './ops/index.js';
import { RejudgeWatchModule } from './rejudge/index.js';
import { RulesWatchModule } from './rules/index.js';
import { RefusalFilter } from './server/refusal.filter.js';
import { WatchdogClockModule } from './watchdog/index.js';
import { WorkbenchModule } from './workbench/index.js';

/** The service, room by room, ground first. */
@Module({
  imports: [
    // Once: a second one would run every line of its clock twice.
    ScheduleModule.forRoot(),
    GroundModule,
    CheckpointsModule,
    FhirModule,
    WorkbenchModule,
    VocabularyWatchModule,
    RulesWatchModule,
    RejudgeWatchModule,
    AuditSealingModule,
    DailySummaryModule,
    EscalationClockModule,
    SendingModule,
    WatchdogClockModule,
    OpsModule,
  ],
  providers: [{ provide: APP_FILTER, useClass: RefusalFilter }],
})
export class AppModule {}
