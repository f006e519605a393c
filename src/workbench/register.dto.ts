import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { BilingualDto } from './queue.dto.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_ITEMS = 500;

export class RegisterPeriod {
  @ApiProperty({ example: '2026-11-01', description: 'first day, of the centre; at most a year' })
  @Matches(DAY)
  from: string;
  @ApiProperty({ example: '2026-11-30', description: 'last day' })
  @Matches(DAY)
  to: string;
}

export class RegisterQuery extends RegisterPeriod {
  @ApiPropertyOptional({ minimum: 1, maximum: MOST_ITEMS, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ITEMS)
  limit: number = 100;

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  after?: string;

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  reveal?: 'true' | 'false';
}

export class RegisterPerson {
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  @ApiProperty({ enum: ['male', 'female'], nullable: true, type: String })
  sex: 'male' | 'female' | null;
  @ApiProperty({ type: Number, nullable: true })
  ageYears: number | null;
}

export class RegisterLineShown {
  @ApiProperty()
  taskId: string;
  @ApiProperty()
  findingId: string;
  @ApiProperty({ type: RegisterPerson })
  person: RegisterPerson;
  @ApiProperty({
    type: String,
    nullable: true,
    description: '体检号: the identifier of the result’s encounter',
  })
  checkup: string | null;
  @ApiProperty({ type: String, nullable: true, description: '单位' })
  employer: string | null;
  @ApiProperty({ type: [String], description: 'masked' })
  phones: string[];
  @ApiProperty({ type: BilingualDto })
  item: BilingualDto;
  @ApiProperty({ type: BilingualDto, description: 'value, unit and limit' })
  said: BilingualDto;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ type: String, nullable: true, description: 'null when confidential' })
  rule: string | null;
  @ApiProperty()
  ruleSetVersion: string;
  @ApiProperty({ format: 'date-time' })
  foundAt: string;
  @ApiProperty({ format: 'date-time' })
  due: string;
  @ApiProperty({ type: String, nullable: true })
  confirmation: string | null;
  @ApiProperty({ type: [String] })
  specimen: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  confirmedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  confirmedBy: string | null;
  @ApiProperty()
  attempts: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  notifiedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  notifiedBy: string | null;
  @ApiProperty({ type: String, nullable: true })
  channel: string | null;
  @ApiProperty({ type: String, nullable: true })
  answeredBy: string | null;
  @ApiProperty({ type: String, nullable: true, description: '`none`: told by a way that asks for none' })
  readBack: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recheckAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  outcomeDue: string | null;
  @ApiProperty({ description: 'nobody is to be told any more: done, taken back or silenced' })
  isOver: boolean;
  @ApiProperty({ type: String, nullable: true })
  state: string | null;
  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  words: Readonly<Record<string, string>>;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;
  @ApiProperty({ type: String, nullable: true, description: '`results`: a later result did it by itself' })
  closedBy: string | null;
}

export class RegisterPage {
  @ApiProperty({ type: [RegisterLineShown], description: 'in the order in which the calls were opened' })
  items: RegisterLineShown[];
  @ApiProperty({ type: String, nullable: true, description: 'give it as `after`; null on the last page' })
  next: string | null;
}
