import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { RulesModule } from '../rules/index.js';
import { TaskRepository } from './task.repository.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [AssessmentModule, RulesModule],
  providers: [TaskRepository, TasksService],
  exports: [TaskRepository, TasksService],
})
export class TasksModule {}
