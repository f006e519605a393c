import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { DraftsModule } from '../drafts/index.js';
import { IntakeModule } from '../intake/index.js';
import { MessagingModule } from '../messaging/index.js';
import { PeopleModule } from '../people/index.js';
import { RejudgeJobModule } from '../rejudge/index.js';
import { ReportsModule } from '../reports/index.js';
import { RulesModule } from '../rules/index.js';
import { TasksModule } from '../tasks/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { AuditController } from './audit.controller.js';
import { ContactsController } from './contacts.controller.js';
import { BreakGlassController } from './break-glass.controller.js';
import { CallsController } from './calls.controller.js';
import { DevicesController } from './devices.controller.js';
import { DevicesService } from './devices.service.js';
import { DeskController } from './desk.controller.js';
import { DataQualityController } from './data-quality.controller.js';
import { DraftDetails } from './draft-details.js';
import { DraftReviewController } from './draft-review.controller.js';
import { DraftsController } from './drafts.controller.js';
import { ExplanationController } from './explanation.controller.js';
import { ExplanationService } from './explanation.service.js';
import { FiguresController } from './figures.controller.js';
import { HandReportsController } from './hand-reports.controller.js';
import { KeysController } from './keys.controller.js';
import { LevelsController } from './levels.controller.js';
import { LevelsService } from './levels.service.js';
import { MessageReceiptsController } from './message-receipts.controller.js';
import { MessagesController } from './messages.controller.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { OwnAccountController } from './own-account.controller.js';
import { PersonConflictsController } from './person-conflicts.controller.js';
import { PersonFinder } from './person-finder.js';
import { PersonReportController } from './person-report.controller.js';
import { PersonReports } from './person-report.service.js';
import { PopulationController } from './population.controller.js';
import { QueueChanges } from './queue-changes.js';
import { QueueStreamController } from './queue-stream.controller.js';
import { QueueCounts } from './queue-counts.js';
import { QueueController } from './queue.controller.js';
import { QueueRepository } from './queue.repository.js';
import { QueueService } from './queue.service.js';
import { RechecksService } from './rechecks.service.js';
import { RegisterController } from './register.controller.js';
import { RegisterService } from './register.service.js';
import { RejudgingController } from './rejudging.controller.js';
import { RulesController } from './rules.controller.js';
import { SeriesService } from './series.service.js';
import { SessionAnswers } from './session-answers.js';
import { SessionController } from './session.controller.js';
import { SilencesController } from './silences.controller.js';
import { Successors } from './successors.js';
import { TaskHistoryService } from './task-history.service.js';
import { TaskLifeController } from './task-life.controller.js';
import { TaskAnswers } from './task-answers.js';
import { TrendsService } from './trends.service.js';
import { TaskDetailService } from './task-detail.service.js';
import { TermsController } from './terms.controller.js';
import { UsersController } from './users.controller.js';
import { WhatIfController } from './what-if.controller.js';

const READING = [
  ExplanationService,
  LevelsService,
  PeopleService,
  PersonFinder,
  PersonReports,
  QueueCounts,
  QueueRepository,
  QueueService,
  RechecksService,
  RegisterService,
  SeriesService,
  SessionAnswers,
  TaskDetailService,
  TrendsService,
  TaskHistoryService,
];

/** What people work with: the queue, its tasks, and what could not be judged. */
@Module({
  imports: [
    AssessmentModule,
    DraftsModule,
    IntakeModule,
    MessagingModule,
    PeopleModule,
    RejudgeJobModule,
    ReportsModule,
    RulesModule,
    TasksModule,
    TerminologyModule,
  ],
  controllers: [
    AuditController,
    ContactsController,
    BreakGlassController,
    CallsController,
    DataQualityController,
    DeskController,
    DevicesController,
    DraftReviewController,
    DraftsController,
    ExplanationController,
    FiguresController,
    HandReportsController,
    KeysController,
    LevelsController,
    MessageReceiptsController,
    MessagesController,
    PeopleController,
    OwnAccountController,
    PersonConflictsController,
    PersonReportController,
    PopulationController,
    QueueController,
    QueueStreamController,
    RegisterController,
    RejudgingController,
    RulesController,
    SessionController,
    SilencesController,
    TermsController,
    UsersController,
    TaskLifeController,
    WhatIfController,
  ],
  providers: [...READING, DevicesService, DraftDetails, QueueChanges, Successors, TaskAnswers],
  exports: READING,
})
export class WorkbenchModule {}
