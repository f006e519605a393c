import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { type Direction, DIRECTIONS, OVERRIDE_STATES, type OverrideState } from '../assessment/index.js';
import { BilingualDto, PageQuery } from './queue.dto.js';

const CODES = ['1', '2', '3', '4', '5', 'unknown'] as const;
const LONGEST_REASON = 1000;
const LONGEST_NAME = 64;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

class ResultShown {
  @ApiProperty({ example: 'Observation' })
  type: string;
  @ApiProperty()
  id: string;
}

/** One thing that proves a level. */
export class CauseShown {
  @ApiProperty({ minimum: 1, maximum: 4 })
  level: number;
  @ApiProperty({ type: String, nullable: true, description: '`pack/rule`; null where it is confidential' })
  rule: string | null;
  @ApiProperty({ description: 'of a sensitive compartment: value and test are not shown' })
  isConfidential: boolean;
  @ApiProperty({ description: 'newly found, once: to be confirmed by a repeat' })
  isSuspected: boolean;
  @ApiProperty({
    type: BilingualDto,
    nullable: true,
    description:
      'that a value of diagnostic size waits for a repeat, or the days whose repeats have confirmed it',
  })
  repeats: BilingualDto | null;
  @ApiProperty()
  sentence: BilingualDto;
  @ApiProperty({ type: String, nullable: true, description: 'the guideline' })
  source: string | null;
  @ApiProperty({
    enum: ['pending'],
    nullable: true,
    type: String,
    description: 'a limit that waits for a doctor',
  })
  review: 'pending' | null;
  @ApiProperty({ type: [ResultShown], description: 'the results that it rests on' })
  basis: ResultShown[];
}

class LevelWord {
  @ApiProperty({ enum: CODES })
  code: string;
  @ApiProperty({ description: 'the level, or the range that it may be in', example: '1–3' })
  text: string;
}

class PredictionShown {
  @ApiProperty({ example: 'china-par' })
  model: string;
  @ApiProperty()
  version: string;
  @ApiProperty({ type: String, nullable: true, description: 'null where the model does not apply' })
  value: string | null;
  @ApiProperty({ description: 'UCUM' })
  unit: string;
  @ApiProperty({ type: String, nullable: true })
  class: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'why there is no value',
  })
  reason: object | null;
  @ApiProperty({ type: [String], description: 'taken to be no, because no record speaks of it' })
  assumed: readonly string[];
}

/** What the rules say. */
export class ComputedLevel extends LevelWord {
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ description: 'rises with each change; an override names the one that the doctor saw' })
  version: number;
  @ApiProperty()
  ruleSetVersion: string;
  @ApiProperty({ type: [CauseShown], description: 'the gravest first' })
  reasons: CauseShown[];
  @ApiProperty({ type: [BilingualDto], description: 'what could not be judged, and what would settle it' })
  notes: readonly BilingualDto[];
  @ApiProperty({ type: [String], description: 'items of the basic set that are missing' })
  missingBasic: readonly string[];
  @ApiProperty({ type: [PredictionShown] })
  predictions: readonly PredictionShown[];
}

/** A doctor's own level. */
export class OverrideShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: CODES.slice(0, 5) })
  level: string;
  @ApiProperty()
  reason: string;
  @ApiProperty()
  doctor: string;
  @ApiProperty({ description: 'the key that it was sent with' })
  madeBy: string;
  @ApiProperty({ format: 'date-time' })
  madeAt: string;
  @ApiProperty({ format: 'date-time', description: 'the first instant at which it does not count any more' })
  until: string;
  @ApiProperty({ description: 'what was computed when the doctor decided' })
  computed: LevelWord;
  @ApiProperty({
    enum: OVERRIDE_STATES,
    description:
      'raised-again: new results prove a graver level than the doctor’s, so that the computed one counts',
  })
  state: OverrideState;
  @ApiProperty({ format: 'date-time', description: 'since when it is so' })
  stateSince: string;
  @ApiProperty({ type: [CauseShown], description: 'what raised it again' })
  contrary: CauseShown[];
}

class InForce extends LevelWord {
  @ApiProperty({ enum: ['rules', 'doctor'] })
  by: 'rules' | 'doctor';
}

export class PersonLevel {
  @ApiProperty()
  personId: string;
  @ApiProperty({ type: InForce, description: 'the level to act on' })
  level: InForce;
  @ApiProperty({ type: ComputedLevel })
  computed: ComputedLevel;
  @ApiProperty({ type: OverrideShown, nullable: true, description: 'the last one, unless it was withdrawn' })
  override: OverrideShown | null;
}

export class OverrideList {
  @ApiProperty({ type: [OverrideShown], description: 'latest first' })
  items: OverrideShown[];
}

export class SetOverride {
  @ApiProperty({ enum: CODES.slice(0, 5) })
  @IsIn(CODES.slice(0, 5))
  level: string;

  @ApiProperty({ maxLength: LONGEST_REASON })
  @IsString()
  @Length(1, LONGEST_REASON)
  @Matches(/\S/, { message: 'must say why' })
  reason: string;

  @ApiProperty({ maxLength: LONGEST_NAME, description: 'who decided' })
  @IsString()
  @Length(1, LONGEST_NAME)
  @Matches(/\S/, { message: 'must name the doctor' })
  doctor: string;

  @ApiProperty({ format: 'date', description: 'the last day on which it counts; a year ahead at most' })
  @Matches(DAY, { message: 'must be a day, YYYY-MM-DD' })
  until: string;

  @ApiProperty({ description: '`computed.version` that the doctor saw' })
  @IsInt()
  @Min(1)
  assessmentVersion: number;

  @ApiPropertyOptional({ description: 'id of the override in force that this one takes the place of' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  replaces?: string;
}

export class WithdrawQuery {
  @ApiProperty({ description: 'id of the override' })
  @IsString()
  @Length(1, 36)
  id: string;
}

/** What became of a level from one version to the next. */
export class MoveShown {
  @ApiProperty()
  version: number;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty()
  from: LevelWord;
  @ApiProperty()
  to: LevelWord;
  @ApiProperty({
    enum: DIRECTIONS,
    description: 'other: the code is as good as before (5 and unknown: nothing is proven)',
  })
  direction: Direction;
  @ApiProperty({ type: [CauseShown], description: 'what proves a level now and did not before' })
  gained: CauseShown[];
  @ApiProperty({ type: [CauseShown], description: 'what proved one before and does not now' })
  gone: CauseShown[];
  @ApiProperty({ description: 'other rules decided than before' })
  isUnderOtherRules: boolean;
}

export class HistoryQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: '`next` of the page before: only moves to earlier versions' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  before?: number;
}

export class LevelHistory {
  @ApiProperty({ type: [MoveShown], description: 'latest first' })
  items: MoveShown[];
  @ApiProperty({ type: Number, nullable: true, description: 'give it as `before`; null on the last page' })
  next: number | null;
}

export class MovesQuery extends PageQuery {
  @ApiProperty({ format: 'date', description: 'the first day, in the centre’s zone' })
  @Matches(DAY, { message: 'must be a day, YYYY-MM-DD' })
  since: string;

  @ApiProperty({ format: 'date', description: 'the last day' })
  @Matches(DAY, { message: 'must be a day, YYYY-MM-DD' })
  until: string;

  @ApiPropertyOptional({ enum: CODES, description: 'only from this level' })
  @IsOptional()
  @IsIn(CODES)
  from?: string;

  @ApiPropertyOptional({ enum: CODES, description: 'only to this level' })
  @IsOptional()
  @IsIn(CODES)
  to?: string;

  @ApiPropertyOptional({ enum: DIRECTIONS })
  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: Direction;
}

export class PersonMove extends MoveShown {
  @ApiProperty()
  personId: string;
}

export class MovesPage {
  @ApiProperty({ type: [PersonMove], description: 'in order of time' })
  items: PersonMove[];
  @ApiProperty({ type: String, nullable: true, description: 'give it as `after`; null on the last page' })
  next: string | null;
}
