import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { BilingualDto, RevealQuery } from './queue.dto.js';
import { LeafShown, ReportedShown } from './task.dto.js';

/** Where a finding is explained. */
export function explanationAddress(findingId: string): string {
  return `/api/findings/${findingId}/explanation`;
}

const TRUTHS = ['fires', 'silent', 'unknown'] as const;
type Truth = (typeof TRUTHS)[number];

export class ValueSourceDto {
  @ApiProperty()
  observationId: string;
  @ApiProperty()
  component: number;
  @ApiProperty()
  status: string;
}

/** A value that a condition looked at. */
export class ValueDto {
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'as the laboratory sent it; null of a computed value',
  })
  asSent: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'as it was compared, in `unit`' })
  converted: string | null;
  @ApiProperty({ type: String, nullable: true })
  unit: string | null;
  @ApiProperty({ type: ValueSourceDto, nullable: true, description: 'null for a fact of the person' })
  source: ValueSourceDto | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  at: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-03-02 08:15',
    description: "the centre's clock",
  })
  localTime: string | null;
  @ApiProperty({ enum: TRUTHS, nullable: true, description: 'of this result alone, where each is asked' })
  truth: Truth | null;
}

/** Words that decided, in a text. */
export class QuoteDto {
  @ApiProperty({ example: '考虑恶性' })
  phrase: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ enum: ['suspected', 'unclear', 'excluded', 'nothing'] })
  reading: string;
  @ApiProperty({ type: Number, nullable: true, description: 'where it begins in the text as sent, from 0' })
  start: number | null;
}

/** A part of the rule's condition: `all`, `any` and `not` have parts, a `condition` has what it saw. */
export class ConditionDto {
  @ApiProperty({ enum: ['all', 'any', 'not', 'condition'] })
  kind: 'all' | 'any' | 'not' | 'condition';
  @ApiProperty({ enum: TRUTHS })
  truth: Truth;
  @ApiProperty({ type: () => [ConditionDto], required: false })
  parts?: readonly ConditionDto[];
  @ApiProperty({ required: false, description: 'place among the conditions of the rule' })
  index?: number;
  @ApiProperty({ required: false })
  fact?: string;
  @ApiProperty({ type: BilingualDto, required: false })
  name?: BilingualDto;
  @ApiProperty({ required: false })
  operator?: string;
  @ApiProperty({ required: false, description: 'the limit' })
  threshold?: string;
  @ApiProperty({ type: String, required: false, nullable: true })
  unit?: string | null;
  @ApiProperty({ type: BilingualDto, required: false, description: 'the condition in words' })
  says?: BilingualDto;
  @ApiProperty({ required: false, description: 'not known, and taken as if it held' })
  isAssumed?: boolean;
  @ApiProperty({ type: ValueDto, required: false, nullable: true })
  value?: ValueDto | null;
  @ApiProperty({ type: [ValueDto], required: false })
  looked?: readonly ValueDto[];
  @ApiProperty({ type: [QuoteDto], required: false })
  quotes?: readonly QuoteDto[];
}

/** Another number in the place of one that a value was computed from. */
export class InputChangeDto {
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty()
  observationId: string;
  @ApiProperty({ description: 'as the laboratory sent it', example: '82.0 kg' })
  from: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '80.9 kg',
    description:
      'the nearest that silences, as the laboratory would send it; null where none of it alone does',
  })
  to: string | null;
  @ApiProperty({
    enum: ['up', 'down'],
    nullable: true,
    description: 'on which side of what was sent it lies',
  })
  reaches: 'up' | 'down' | null;
  @ApiProperty({ description: 'e.g. 体重 82.0 kg → ≤ 80.9 kg' })
  says: BilingualDto;
}

export class ChangeDto {
  @ApiProperty({ type: [Number], description: 'the conditions that see it' })
  conditions: readonly number[];
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({ type: String, nullable: true, description: 'null for a fact of the person' })
  observationId: string | null;
  @ApiProperty({ type: String, nullable: true })
  from: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the nearest that silences' })
  to: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'of a number; of an age `a` or `d`' })
  unit: string | null;
  @ApiProperty({
    enum: ['up', 'down', 'only'],
    description: 'on which side everything beyond `to` silences too',
  })
  reaches: 'up' | 'down' | 'only';
  @ApiProperty({
    type: String,
    nullable: true,
    example: '125 mg/dL',
    description: '`to` as the laboratory would send it',
  })
  asSent: string | null;
  @ApiProperty({ description: 'e.g. 血红蛋白 58 g/L → ≥ 60 g/L' })
  says: BilingualDto;
  @ApiProperty({
    type: [InputChangeDto],
    description:
      'of a computed value: what each number that it was computed from would have to be, the others as they are; one is enough',
  })
  inputs: readonly InputChangeDto[];
}

/** The fewest, nearest things that would have to be otherwise for nothing to stand. */
export class SmallestChangeDto {
  @ApiProperty({ enum: ['silent', 'unknown'], description: 'what the rule says then' })
  then: 'silent' | 'unknown';
  @ApiProperty({ type: [ChangeDto], description: 'all of them together' })
  changes: readonly ChangeDto[];
}

export class UnknownDto {
  @ApiProperty()
  condition: number;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty()
  why: BilingualDto;
  @ApiProperty()
  settledBy: BilingualDto;
}

export class ExcerptDto {
  @ApiProperty({ example: 'important-results/blood-count.yaml' })
  file: string;
  @ApiProperty()
  line: number;
  @ApiProperty()
  text: string;
}

/** The rule in the version that made the finding. */
export class RuleAsItStoodDto {
  @ApiProperty()
  version: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  inForceSince: string | null;
  @ApiProperty()
  source: string;
  @ApiProperty({ type: String, nullable: true })
  owner: string | null;
  @ApiProperty({ type: String, nullable: true })
  reviewBy: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the standing of its numbers in their source' })
  status: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['pending'],
    description: 'a limit that no doctor has confirmed yet',
  })
  review: 'pending' | null;
  @ApiProperty({ type: [ExcerptDto], description: "what the centre's overlay changes first" })
  excerpts: ExcerptDto[];
}

export class ExplanationQuery extends RevealQuery {
  @ApiPropertyOptional({
    description:
      'explain it as this version of the rules (or its beginning) decided; what stands now when left out',
  })
  @IsOptional()
  @Matches(/^[0-9a-f]{4,64}$/)
  by?: string;
}

/** What a finding was before. */
export class EarlierDecisionDto {
  @ApiProperty({ description: 'give it, or its beginning, as `by`' })
  version: string;
  @ApiProperty({ format: 'date-time' })
  until: string;
}

/** That a report by hand was taken back. */
export class WithdrawalShown {
  @ApiProperty()
  reason: string;
  @ApiProperty({ description: '`user:ID` or `key:ID`' })
  by: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
}

/** Why a finding was made. */
export class FindingExplanation {
  @ApiProperty()
  id: string;
  @ApiProperty({ type: String, nullable: true, description: '`pack/rule`; null when confidential' })
  ruleId: string | null;
  @ApiProperty({ enum: ['finding', 'review'] })
  kind: 'finding' | 'review';
  @ApiProperty({ enum: ['final', 'preliminary', 'retracted'] })
  status: 'final' | 'preliminary' | 'retracted';
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty()
  isConfidential: boolean;
  @ApiProperty()
  title: BilingualDto;
  @ApiProperty()
  sentence: BilingualDto;
  @ApiProperty({ format: 'date-time', description: 'when the result speaks of' })
  at: string;
  @ApiProperty({ format: 'date-time' })
  identifiedAt: string;
  @ApiProperty({ type: String, nullable: true, description: 'why it waits for a doctor' })
  undecided: string | null;
  @ApiProperty({ type: RuleAsItStoodDto, nullable: true, description: 'null when confidential' })
  rule: RuleAsItStoodDto | null;
  @ApiProperty({
    type: ConditionDto,
    nullable: true,
    description:
      "null when confidential, and where this release can't read the rule as it stood: see `leaves`",
  })
  condition: ConditionDto | null;
  @ApiProperty({
    type: SmallestChangeDto,
    nullable: true,
    description:
      'null where no other value of what was seen does it, and where it could tell what is confidential',
  })
  smallestChange: SmallestChangeDto | null;
  @ApiProperty({ type: [UnknownDto], description: 'what was not known, why, and what would settle it' })
  unknown: readonly UnknownDto[];
  @ApiProperty({
    type: ReportedShown,
    nullable: true,
    description:
      'who reported it by hand: no rule decided it; null of what a rule found, and when confidential',
  })
  reported: ReportedShown | null;
  @ApiProperty({ type: WithdrawalShown, nullable: true, description: 'of a report that was taken back' })
  withdrawn: WithdrawalShown | null;
  @ApiProperty({
    type: [LeafShown],
    description: 'its conditions as the finding itself keeps them; empty when confidential',
  })
  leaves: LeafShown[];
  @ApiProperty({
    type: [EarlierDecisionDto],
    description: 'what was decided before, latest first; empty with `by`',
  })
  earlier: EarlierDecisionDto[];
}
