import { ApiProperty } from '@nestjs/swagger';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { TASK_CODES, type TaskCode } from '../tasks/index.js';

/** A task that has changed: where it stands now, and nothing about its person. */
export class TaskChanged {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  version: number;
  @ApiProperty({ enum: TASK_CODES })
  code: TaskCode;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ description: 'as in FHIR; completed and cancelled tasks leave the queue' })
  status: string;
  @ApiProperty({ description: 'somebody works on it' })
  isTaken: boolean;
  @ApiProperty({ format: 'date-time' })
  due: string;
  @ApiProperty({ format: 'date-time' })
  updated: string;
}

/** The list is right as of this instant. */
export class AsOf {
  @ApiProperty({ format: 'date-time' })
  asOf: string;
}

/** One server-sent event; `id` is what the browser sends back as Last-Event-ID. */
export type QueueEvent =
  | { type: 'task'; id: string; data: TaskChanged }
  | { type: 'hello' | 'heartbeat' | 'reset'; id: string; data: AsOf };
