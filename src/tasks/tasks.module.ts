import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { OutboxModule } from '../messaging/index.js';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { CallCheck } from './call-check.js';
import { CallsService } from './calls.service.js';
import { LoopsService } from './loops.service.js';
import { SilenceRepository } from './silence.repository.js';
import { SilencesService } from './silences.service.js';
import { TaskHistoryRepository } from './task-history.repository.js';
import { TaskWorkService } from './task-work.service.js';
import { TaskRepository } from './task.repository.js';
import { TasksService } from './tasks.service.js';

const PROVIDERS = [
  CallCheck,
  CallsService,
  LoopsService,
  SilenceRepository,
  SilencesService,
  TaskHistoryRepository,
  TaskRepository,
  TasksService,
  TaskWorkService,
];

@Module({
  imports: [AssessmentModule, OutboxModule, PeopleModule, RulesModule, TerminologyModule],
  providers: PROVIDERS,
  exports: PROVIDERS,
})
export class TasksModule {}
