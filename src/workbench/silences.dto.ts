import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';

export class SilenceBody {
  @ApiProperty({ example: '2026-06-30', description: 'the last day on which nobody is rung for it' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  until: string;

  @ApiPropertyOptional({
    maxLength: 200,
    description: 'one that `may_silence` of the policy has for this rule; needed where it has several',
  })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  reason?: string;
}

/** One reason by which the policy lets a doctor silence a rule. */
export class SilenceReason {
  @ApiProperty({ example: '已知规律透析' })
  reason: string;
  @ApiProperty({ description: 'how many days at most' })
  longestDays: number;
}

export class SilenceReasons {
  @ApiProperty({ type: [SilenceReason], description: 'empty: this rule is silenced for nobody' })
  items: SilenceReason[];
}

/** A rule that rings nobody for one person. */
export class SilenceShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ example: 'important-results/creatinine-high' })
  rule: string;
  @ApiProperty({
    enum: URGENCIES,
    description: 'the gravest class that it keeps silent: what is graver rings',
  })
  class: Urgency;
  @ApiProperty()
  reason: string;
  @ApiProperty({ description: '`user:ID` or `key:ID`' })
  by: string;
  @ApiProperty({ format: 'date-time' })
  from: string;
  @ApiProperty({ format: 'date-time', description: 'the first instant at which it does not count any more' })
  until: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null while it counts' })
  endedAt: string | null;
  @ApiProperty({ type: String, nullable: true, enum: ['over', 'ended', 'merged'] })
  endedBecause: string | null;
}

export class SilenceList {
  @ApiProperty({ type: [SilenceShown], description: 'the latest first, those that have ended too' })
  items: SilenceShown[];
}
