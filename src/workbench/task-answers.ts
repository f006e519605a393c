import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, type Caller } from '../access/index.js';
import { TaskDetailService } from './task-detail.service.js';
import { type TaskDetail } from './task.dto.js';

/** What whoever has done something with a task is shown of it; that they have is recorded. */
@Injectable()
export class TaskAnswers {
  constructor(
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  async shown(id: string, action: string, caller: Caller): Promise<TaskDetail> {
    const task = await this.details.task(id, false);
    const personIds = task.person ? [task.person.id] : [];
    await this.audit.record(caller, {
      action: `task ${action}`.slice(0, 32),
      personIds,
      detail: `task ${id} version ${task.version}`,
    });
    return task;
  }
}
