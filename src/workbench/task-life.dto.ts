import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ANSWERERS,
  type Answerer,
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type Confirmation,
  CONFIRMATIONS,
  SPECIMEN_NOTES,
  type SpecimenNote,
} from '../tasks/index.js';
import { TaskDetail } from './task.dto.js';

const LONGEST_NOTE = 2000;
const LONGEST_NAME = 255;
const MOST_VALUES = 200;
const ACCOUNT = /^[\p{L}\p{N}._@-]{1,36}$/u;

/** The task as it was read: here, or as `If-Match: "3"`. */
export class Versioned {
  @ApiPropertyOptional({ minimum: 1, description: 'the version that was read; or the header If-Match' })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
}

export class ActBody extends Versioned {
  @ApiPropertyOptional({ maxLength: LONGEST_NOTE })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NOTE)
  reason?: string;
}

export class SnoozeBody extends ActBody {
  @ApiProperty({ format: 'date-time', description: 'the promised time; of class A at most the due time' })
  @IsISO8601({ strict: true })
  until: string;
}

export class ToBody extends ActBody {
  @ApiProperty({ description: 'id of the account (or key) that it goes to' })
  @Matches(ACCOUNT)
  to: string;
}

export class ConfirmBody extends ActBody {
  @ApiProperty({ enum: CONFIRMATIONS, description: 'of the result; stops no clock' })
  @IsIn(CONFIRMATIONS)
  confirmation: Confirmation;

  @ApiPropertyOptional({ enum: SPECIMEN_NOTES, isArray: true })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(SPECIMEN_NOTES, { each: true })
  specimen?: SpecimenNote[];
}

export class OnSiteBody extends ActBody {
  @ApiProperty({ description: 'the person is still at the centre: tell now, escort' })
  @IsBoolean()
  isOnSite: boolean;
}

/** As heard on the phone; what was not asked is left out. */
export class HeardBody {
  @ApiPropertyOptional({ maxLength: LONGEST_NAME })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  name?: string;

  @ApiPropertyOptional({ example: '0314', description: '`1968-03-14`, `0314` or `3月14日`' })
  @IsOptional()
  @IsString()
  @Length(1, 20)
  birthDate?: string;

  @ApiPropertyOptional({ example: '4471', description: 'last four digits or more of a number on record' })
  @IsOptional()
  @IsString()
  @Length(1, 32)
  phone?: string;
}

export class ReadBackBody {
  @ApiProperty()
  @IsString()
  @Length(1, 36)
  findingId: string;

  @ApiProperty({ example: '6.8', description: 'as the listener repeated it' })
  @IsString()
  @Length(1, 200)
  value: string;

  @ApiPropertyOptional({ example: 'mmol/L' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  unit?: string;
}

/** A call, or another way of telling, and what became of it. */
export class CallBody extends Versioned {
  @ApiProperty({ enum: ATTEMPT_OUTCOMES })
  @IsIn(ATTEMPT_OUTCOMES)
  outcome: AttemptOutcome;

  @ApiPropertyOptional({ enum: ['phone', 'message', 'in-person'], default: 'phone' })
  @IsOptional()
  @IsIn(['phone', 'message', 'in-person'])
  channel?: 'phone' | 'message' | 'in-person';

  @ApiPropertyOptional({ example: '138****4471', description: 'as the task shows it, masked' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  number?: string;

  @ApiPropertyOptional({ enum: ANSWERERS })
  @IsOptional()
  @IsIn(ANSWERERS)
  answeredBy?: Answerer;

  @ApiPropertyOptional({ description: 'of a relative: must be on record, with a consent that covers now' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_NAME)
  relativeName?: string;

  @ApiPropertyOptional({ type: HeardBody, description: 'of the person: two must agree, none may differ' })
  @IsOptional()
  @ValidateNested()
  @Type(() => HeardBody)
  heard?: HeardBody;

  @ApiPropertyOptional({ type: [ReadBackBody], description: 'of every finding that is told' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => ReadBackBody)
  readBack?: ReadBackBody[];

  @ApiPropertyOptional({ format: 'date-time', description: 'the recheck that was agreed on' })
  @IsOptional()
  @IsISO8601({ strict: true })
  recheckAt?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'when the person asked to be called again' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_NOTE, description: 'advice, the person’s answer' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NOTE)
  note?: string;
}

export class IdentityShown {
  @ApiProperty({ enum: ['name', 'birth-date', 'phone'], isArray: true })
  agreed: string[];
  @ApiProperty({ enum: ['name', 'birth-date', 'phone'], isArray: true })
  differing: string[];
  @ApiProperty({ description: 'two agree and none differs: a value may be said' })
  isIdentified: boolean;
}

export class DifferingShown {
  @ApiProperty({ type: [String] })
  identifiers: string[];
  @ApiProperty({ type: [String], description: 'findings whose read-back differs; not what would be right' })
  findings: string[];
}

export class KeptShown {
  @ApiProperty()
  findingId: string;
  @ApiProperty({ example: 'sensitive' })
  because: string;
}

export class CallShown {
  @ApiProperty({ enum: [...ATTEMPT_OUTCOMES, 'not-identified', 'read-back-differs'] })
  outcome: string;
  @ApiProperty({
    enum: ['go-on', 'ask-what-became-of-it', 'call-again', 'other-number', 'find-a-number', 'ask-the-doctor'],
  })
  next: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  callAgainAt: string | null;
  @ApiProperty({ type: DifferingShown })
  differing: DifferingShown;
  @ApiProperty({ type: [KeptShown], description: 'not told: whoever answered may not hear them' })
  kept: KeptShown[];
  @ApiProperty({ type: TaskDetail })
  task: TaskDetail;
}

const OUTCOMES = ['confirmed', 'ruled-out', 'treated', 'under-observation', 'declined', 'lost'] as const;

/** What became of a finding; `lost`: the person can't be found any more. */
export class OutcomeBody extends Versioned {
  @ApiProperty({ enum: OUTCOMES })
  @IsIn(OUTCOMES)
  outcome: (typeof OUTCOMES)[number];

  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  diagnosis?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  hospital?: string;

  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  treatment?: string;

  @ApiPropertyOptional({ maxLength: LONGEST_NOTE, description: 'of a lost person: why' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NOTE)
  note?: string;
}
