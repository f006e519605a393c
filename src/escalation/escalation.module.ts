import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { DutyModule } from '../duty/index.js';
import { IntakeModule } from '../intake/index.js';
import { MessagingModule } from '../messaging/index.js';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { TasksModule } from '../tasks/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { Answers } from './answers.service.js';
import { ChangedLadders } from './changed-ladders.service.js';
import { EscalationService } from './escalation.service.js';
import { Ladder } from './ladder.service.js';
import { RingRequests } from './ring-requests.service.js';
import { Routes } from './routes.service.js';

/** What time does to tasks, and what becomes of the messages about them. */
@Module({
  imports: [
    AssessmentModule,
    DutyModule,
    IntakeModule,
    MessagingModule,
    PeopleModule,
    RulesModule,
    TasksModule,
    TerminologyModule,
  ],
  providers: [Answers, ChangedLadders, EscalationService, Ladder, RingRequests, Routes],
  exports: [EscalationService],
})
export class EscalationModule {}
