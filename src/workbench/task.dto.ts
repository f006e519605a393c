import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { TASK_CODES, type TaskCode, type TaskEntity } from '../tasks/index.js';
import { TaskLifeShown } from './life.dto.js';
import { LoopShown } from './loop.dto.js';
import { BilingualDto, PersonShown, PRIORITIES, type Priority } from './queue.dto.js';

const LONGEST_NOTE = 2000;

/** Closing a task. */
export class CloseTask {
  @ApiProperty({ minimum: 1, description: 'the version that was read' })
  @IsInt()
  @Min(1)
  version: number;

  @ApiPropertyOptional({ maxLength: LONGEST_NOTE })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NOTE)
  note?: string;
}

export class ContactShown {
  @ApiProperty({ example: 'phone' })
  system: string;
  @ApiProperty({ example: '138****4471' })
  value: string;
  @ApiProperty({ format: 'date-time' })
  knownSince: string;
}

export class SourceShown {
  @ApiProperty()
  observationId: string;
  @ApiProperty()
  component: number;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty()
  status: string;
}

/** One condition of the rule, with what it saw. */
export class LeafShown {
  @ApiProperty()
  fact: string;
  @ApiProperty()
  operator: string;
  @ApiProperty({ description: 'the limit' })
  threshold: string;
  @ApiProperty({ type: String, nullable: true })
  unit: string | null;
  @ApiProperty({ description: 'the condition stands under a `not`' })
  negated: boolean;
  @ApiProperty({ enum: ['fires', 'silent', 'unknown'] })
  truth: 'fires' | 'silent' | 'unknown';
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'value as the laboratory sent it; null of a fact of the person, as sex or age',
  })
  asSent: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'value as it was compared' })
  converted: string | null;
  @ApiProperty({ type: SourceShown, nullable: true })
  source: SourceShown | null;
}

export class ResultShown {
  @ApiProperty({ enum: ['Observation', 'DiagnosticReport'] })
  type: 'Observation' | 'DiagnosticReport';
  @ApiProperty()
  id: string;
  @ApiProperty()
  version: number;
}

/** Who reported a finding by hand. */
export class ReportedShown {
  @ApiProperty({ example: 'ultrasound' })
  department: string;
  @ApiProperty({ description: 'who found it' })
  by: string;
  @ApiProperty({ description: 'who wrote it down: `user:ID` or `key:ID`' })
  recordedBy: string;
}

/** That a rule rings nobody for this person. */
export class SilencedShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'as the policy has it' })
  reason: string;
  @ApiProperty({ format: 'date-time' })
  until: string;
  @ApiProperty({ description: '`user:ID` or `key:ID`' })
  by: string;
}

/** A finding (or what a doctor has to decide) with its evidence. */
export class FindingShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: String, nullable: true, description: '`pack/rule`; null when confidential' })
  rule: string | null;
  @ApiProperty()
  ruleSetVersion: string;
  @ApiProperty({ enum: ['finding', 'review'] })
  kind: 'finding' | 'review';
  @ApiProperty({ enum: ['final', 'preliminary', 'retracted'] })
  status: 'final' | 'preliminary' | 'retracted';
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ description: 'the gravest, earliest: the reason of the task' })
  isReason: boolean;
  @ApiProperty({ description: 'joined after somebody had taken the task' })
  isNew: boolean;
  @ApiProperty()
  isConfidential: boolean;
  @ApiProperty({ description: 'a limit that no doctor has confirmed yet' })
  isToBeConfirmed: boolean;
  @ApiProperty()
  title: BilingualDto;
  @ApiProperty()
  sentence: BilingualDto;
  @ApiProperty({ type: BilingualDto })
  advice: { zh?: string; en?: string };
  @ApiProperty({ type: String, nullable: true, description: 'guideline or list that the rule comes from' })
  source: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'why it waits for a doctor' })
  undecided: string | null;
  @ApiProperty({ format: 'date-time', description: 'when the result speaks of' })
  at: string;
  @ApiProperty({ format: 'date-time' })
  identifiedAt: string;
  @ApiProperty({ type: [ResultShown] })
  implicated: ResultShown[];
  @ApiProperty({ type: [LeafShown] })
  leaves: LeafShown[];
  @ApiProperty({ type: ReportedShown, nullable: true, description: 'null of what a rule found' })
  reported: ReportedShown | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'the graver form of the same result, in the same task, that is told in its place',
  })
  coveredBy: string | null;
  @ApiProperty({
    type: SilencedShown,
    nullable: true,
    description: 'a doctor has silenced it: it rings nobody',
  })
  silenced: SilencedShown | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  toldAt: string | null;
  @ApiProperty({ type: BilingualDto, nullable: true, description: 'what the person was told before' })
  toldAs: BilingualDto | null;
  @ApiProperty({ enum: ['none', 'due', 'done'] })
  correction: 'none' | 'due' | 'done';
  @ApiProperty({
    format: 'uri-reference',
    example: '/api/findings/0197f1c2-5a0e-7c6b-9d5e-3f6a4b8c2d10/explanation',
    description: 'where it is explained: `GET /api/findings/{id}/explanation`',
  })
  explanation: string;
}

class TrendPoint {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ example: '4.2', description: 'in the unit that the analyte is printed in' })
  value: string;
  @ApiProperty({ example: '4.2 mmol/L', description: 'as the laboratory sent it' })
  asSent: string;
  @ApiProperty()
  observationId: string;
}

/** Where a value comes from: what was measured before it. */
export class TrendShown {
  @ApiProperty({ description: 'as conditions name it' })
  fact: string;
  @ApiProperty({
    type: [TrendPoint],
    description: 'first to last, the latest six up to the value that was judged',
  })
  points: TrendPoint[];
}

export class PersonDetail extends PersonShown {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '1968-03-14',
    description: 'perhaps only a year or month',
  })
  birthDate: string | null;
  @ApiProperty()
  isDeceased: boolean;
  @ApiProperty({ enum: ['person', 'guardian', 'nobody'], description: 'whom to speak to' })
  speakTo: 'person' | 'guardian' | 'nobody';
  @ApiProperty({ type: [ContactShown], description: 'masked' })
  contacts: ContactShown[];
}

/** What is due of an open task, by the policy in force. */
export class TaskPlan {
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  claimBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reachBy: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'the next call' })
  callAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  escalateAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'head-nurse' })
  escalateTo: string | null;
}

export class TaskDetail {
  @ApiProperty()
  id: string;
  @ApiProperty()
  version: number;
  @ApiProperty({ enum: TASK_CODES })
  code: TaskCode;
  @ApiProperty()
  status: TaskEntity['status'];
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ enum: Object.values(PRIORITIES) })
  priority: Priority;
  @ApiProperty({ format: 'date-time' })
  due: string;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  closedReason: string | null;
  @ApiProperty({ type: String, nullable: true })
  owner: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: TaskLifeShown })
  life: TaskLifeShown;
  @ApiProperty({ type: TaskPlan })
  plan: TaskPlan;
  @ApiProperty({ type: [LoopShown], description: 'what became of findings that were told' })
  loops: LoopShown[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: '体检号 of the result that is the reason; null where none was sent',
  })
  checkup: string | null;
  @ApiProperty({
    type: [TrendShown],
    description: 'of the numbers that decided, where they were measured before',
  })
  trends: TrendShown[];
  @ApiProperty({ type: PersonDetail, nullable: true })
  person: PersonDetail | null;
  @ApiProperty({ description: 'other people of the same name who have an open task' })
  namesakes: number;
  @ApiProperty({ type: [FindingShown], description: 'the reason first' })
  findings: FindingShown[];
}
