import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, type Caller, rowsOfCaller } from '../access/index.js';
import { type Witness } from '../database/index.js';
import { TaskDetailService } from './task-detail.service.js';
import { type TaskDetail } from './task.dto.js';

/** What whoever has done something with a task is shown of it; that they have is recorded with what they did. */
@Injectable()
export class TaskAnswers {
  constructor(
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The record of an act, for the transaction of it. */
  witness(id: string, action: string, caller: Caller, detail = ''): Witness {
    return this.audit.witness(caller, { action: `task ${action}`, subject: `task/${id}`, detail });
  }

  shown(id: string, caller: Caller): Promise<TaskDetail> {
    return this.details.task(id, false, rowsOfCaller(caller));
  }
}
