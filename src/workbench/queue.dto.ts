import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { TaskLifeShown } from './life.dto.js';
import { QUEUE_STATES, type QueueState } from './open-tasks-query.js';
import { TASK_CODES, type TaskCode, type TaskEntity } from '../tasks/index.js';

const STATUSES = ['requested', 'accepted', 'in-progress', 'on-hold', 'completed', 'cancelled'] as const;
const MOST_ITEMS = 200;
const DEFAULT_ITEMS = 50;

/** How FHIR's Task says the class: see the contract. */
export const PRIORITIES = { A: 'stat', important: 'asap', B: 'urgent', C: 'routine' } as const;
export type Priority = (typeof PRIORITIES)[Urgency];

export class BilingualDto {
  @ApiProperty({ example: '血红蛋白 65 g/L，低于或等于 90' })
  zh: string;
  @ApiProperty({ example: 'Haemoglobin 65 g/L, at or below 90' })
  en: string;
}

/** A page of a list. */
export class PageQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: MOST_ITEMS, default: DEFAULT_ITEMS })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ITEMS)
  limit: number = DEFAULT_ITEMS;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  after?: string;
}

/** Values of sensitive compartments are shown only when they are asked for, and the asking is recorded. */
export class RevealQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'show confidential results (recorded)',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  reveal?: 'true' | 'false';
}

export class QueueQuery extends PageQuery {
  @ApiPropertyOptional({ enum: URGENCIES })
  @IsOptional()
  @IsIn(URGENCIES)
  class?: Urgency;

  @ApiPropertyOptional({ enum: TASK_CODES })
  @IsOptional()
  @IsIn(TASK_CODES)
  code?: TaskCode;

  @ApiPropertyOptional({
    enum: QUEUE_STATES,
    description: 'free to be called now, claimed, waiting for its time, overdue',
  })
  @IsOptional()
  @IsIn(QUEUE_STATES)
  state?: QueueState;

  @ApiPropertyOptional({ description: '`me`, or the id of whoever has claimed it' })
  @IsOptional()
  @Matches(/^[\w.-]{1,36}$/)
  owner?: string;

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  reveal?: 'true' | 'false';
}

/** Of whom: sent as a body, because a name or number has no place in an address. */
export class QueueSearch extends QueueQuery {
  @ApiProperty({
    description:
      'the beginning of the person’s name, its first letters (`ljg`), or the last four digits of a number',
  })
  @IsString()
  @Length(1, 64)
  q: string;
}

export class PersonShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ enum: ['male', 'female'], nullable: true, type: String })
  sex: 'male' | 'female' | null;
  @ApiProperty({ type: Number, nullable: true, description: 'completed years today' })
  ageYears: number | null;
}

/** An open task, as the queue shows it. */
export class QueueItem {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'give it back when the task is closed: a task that changed since is not' })
  version: number;
  @ApiProperty({ enum: TASK_CODES })
  code: TaskCode;
  @ApiProperty({ enum: STATUSES })
  status: TaskEntity['status'];
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ enum: Object.values(PRIORITIES) })
  priority: Priority;
  @ApiProperty({ format: 'date-time' })
  due: string;
  @ApiProperty()
  isOverdue: boolean;
  @ApiProperty({
    type: PersonShown,
    nullable: true,
    description: 'null while the result waits for its person',
  })
  person: PersonShown | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '4471',
    description:
      'how the newest telephone number ends, as far as its mask shows it; null where nobody is to be rung',
  })
  phoneEnd: string | null;
  @ApiProperty({ description: 'what can be said of the gravest finding' })
  headline: BilingualDto;
  @ApiProperty({ description: 'the same without the advice' })
  brief: BilingualDto;
  @ApiProperty({ description: 'of a sensitive compartment: value and test are not shown' })
  isConfidential: boolean;
  @ApiProperty()
  findingCount: number;
  @ApiProperty({ description: 'a finding joined after somebody had taken the task' })
  isNew: boolean;
  @ApiProperty({ type: TaskLifeShown })
  life: TaskLifeShown;
}

export class QueueCount {
  @ApiProperty({ enum: TASK_CODES })
  code: TaskCode;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty()
  count: number;
}

export class QueuePage {
  @ApiProperty({ type: [QueueItem], description: 'gravest and most urgent first' })
  items: QueueItem[];
  @ApiProperty({ type: [QueueCount], description: 'all open tasks, whatever page is looked at' })
  counts: QueueCount[];
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'where no task is open: when the last one was done; else null',
  })
  lastDoneAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'give it as `after`; null on the last page' })
  next: string | null;
}
