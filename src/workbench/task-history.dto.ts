import { ApiProperty } from '@nestjs/swagger';
import { ANSWERERS, TASK_ACTS, type TaskAct } from '../tasks/index.js';

export class StepShown {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ example: 'key:0197…', description: '`results` or `clock` where nobody did it' })
  actor: string;
  @ApiProperty({ type: String, nullable: true, description: 'how colleagues call whoever did it' })
  actorName: string | null;
  @ApiProperty({ enum: TASK_ACTS })
  action: TaskAct;
  @ApiProperty({ type: String, nullable: true })
  from: string | null;
  @ApiProperty()
  to: string;
  @ApiProperty()
  version: number;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  detail: Record<string, unknown> | null;
}

export class ContactMade {
  @ApiProperty()
  id: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty()
  by: string;
  @ApiProperty({ enum: ['phone', 'message', 'in-person'] })
  channel: string;
  @ApiProperty({ type: String, nullable: true, example: '138****4471' })
  number: string | null;
  @ApiProperty()
  outcome: string;
  @ApiProperty({ type: String, nullable: true, enum: ANSWERERS })
  answeredBy: string | null;
  @ApiProperty({ enum: ['none', 'matched', 'differs'] })
  readBack: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class TaskHistory {
  @ApiProperty({ type: [StepShown], description: 'first to last' })
  steps: StepShown[];
  @ApiProperty({ type: [ContactMade], description: 'first to last' })
  contacts: ContactMade[];
}
