import { Module } from '@nestjs/common';
import { AssessmentModule } from '../assessment/index.js';
import { PolicyModule } from '../policy/index.js';
import { TaskRepository } from './task.repository.js';
import { TasksService } from './tasks.service.js';

@Module({
  imports: [AssessmentModule, PolicyModule],
  providers: [TaskRepository, TasksService],
  exports: [TaskRepository, TasksService],
})
export class TasksModule {}
