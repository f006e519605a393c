import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { TASK_CODES, type TaskCode } from '../tasks/index.js';
import { LoopShown } from './loop.dto.js';
import { BilingualDto, PersonShown, RevealQuery } from './queue.dto.js';
import { ContactMade } from './task-history.dto.js';
import { FindingShown, PersonDetail } from './task.dto.js';

const MOST_FOUND = 50;

/** In the body, never in an address: what is typed is a name, or the end of a number. */
export class FindPeople {
  @ApiProperty({
    maxLength: 64,
    description: 'the beginning of a name, its first letters (`ljg`), or the last four digits of a number',
  })
  @IsString()
  @Length(1, 64)
  q: string;

  @ApiPropertyOptional({ minimum: 1, maximum: MOST_FOUND, default: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_FOUND)
  limit: number = 20;
}

export class PersonFoundShown extends PersonShown {
  @ApiProperty({ type: String, nullable: true })
  birthDate: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the level as it is computed, or its range' })
  level: string | null;
  @ApiProperty({ description: 'open tasks' })
  openTasks: number;
}

export class PeopleFoundPage {
  @ApiProperty({ type: [PersonFoundShown], description: 'by name' })
  items: PersonFoundShown[];
  @ApiProperty({ description: 'there are more: type more of it' })
  hasMore: boolean;
}

export class PersonTask {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: TASK_CODES })
  code: TaskCode;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty()
  status: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ format: 'date-time' })
  due: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;
}

export class ContactOfPerson extends ContactMade {
  @ApiProperty({ type: String, nullable: true, example: '李敏', description: 'who rang; null of a key' })
  byName: string | null;
}

/** What was measured of somebody, to choose a chart from. */
export class MeasuredAnalyte {
  @ApiProperty({ example: 'glucose-fasting' })
  analyte: string;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty()
  count: number;
  @ApiProperty({ format: 'date-time' })
  latestAt: string;
}

/** 受检者 360°: all that is known of one person, as far as whoever asks may see it. */
export class PersonPage {
  @ApiProperty({ type: PersonDetail })
  person: PersonDetail;
  @ApiProperty({ type: [FindingShown], description: 'the gravest first, withdrawn ones last' })
  findings: FindingShown[];
  @ApiProperty({ type: [LoopShown] })
  loops: LoopShown[];
  @ApiProperty({ type: [PersonTask], description: 'latest first' })
  tasks: PersonTask[];
  @ApiProperty({ type: [ContactOfPerson], description: 'calls, latest first' })
  calls: ContactOfPerson[];
  @ApiProperty({ type: [MeasuredAnalyte], description: 'numbers, by name' })
  measured: MeasuredAnalyte[];
}

export class SeriesQuery extends RevealQuery {
  @ApiProperty({ example: 'glucose-fasting' })
  @Matches(/^[a-z0-9-]{1,64}$/)
  analyte: string;
}

export class SeriesPoint {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ example: '6.8', description: 'in `unit`; of `>50` the limit' })
  value: string;
  @ApiProperty({ description: 'as the laboratory sent it' })
  asSent: string;
  @ApiProperty({
    enum: ['exact', 'above', 'below', 'range'],
    description: 'what was sent is a limit or a range',
  })
  kind: 'exact' | 'above' | 'below' | 'range';
  @ApiProperty({ description: 'not yet final' })
  isPreliminary: boolean;
  @ApiProperty()
  observationId: string;
}

class ReferenceBand {
  @ApiProperty({ type: String, nullable: true })
  low: string | null;
  @ApiProperty({ type: String, nullable: true })
  high: string | null;
}

/** The values of one analyte over time. */
export class Series {
  @ApiProperty()
  analyte: string;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({ description: 'as it is printed' })
  unit: string;
  @ApiProperty({ type: ReferenceBand, nullable: true, description: 'of the latest report that prints one' })
  band: ReferenceBand | null;
  @ApiProperty({ type: [SeriesPoint], description: 'first to last, the latest 500' })
  points: SeriesPoint[];
}
