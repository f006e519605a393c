import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { DOUBT_REASONS, type DoubtReason } from '../kernel/index.js';
import { PageQuery } from './queue.dto.js';

const LONGEST_PERSON = 256;

export class DataQualityQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DOUBT_REASONS })
  @IsOptional()
  @IsIn(DOUBT_REASONS)
  reason?: DoubtReason;

  @ApiPropertyOptional({ description: 'id of a person, or an identifier as system|value' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_PERSON)
  person?: string;
}

/** Something that could not be judged, and why. */
export class DataQualityItem {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: DOUBT_REASONS })
  reason: DoubtReason;
  @ApiProperty({ description: 'the code, unit or spelling' })
  detail: string;
  @ApiProperty({ type: String, nullable: true })
  personId: string | null;
  @ApiProperty({ description: 'the Observation or DiagnosticReport' })
  resultId: string;
  @ApiProperty({ description: '0 is the result itself, 1, 2, … its components' })
  component: number;
  @ApiProperty({ format: 'date-time' })
  since: string;
}

export class DataQualityPage {
  @ApiProperty({ type: [DataQualityItem], description: 'newest first' })
  items: DataQualityItem[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { 'unknown-code': 12, 'unknown-unit': 3 },
    description:
      'how many of each reason there are, of this person when one is asked for; reasons without any are left out',
  })
  counts: Partial<Record<DoubtReason, number>>;
  @ApiProperty({ type: String, nullable: true, description: 'give it as `after`; null on the last page' })
  next: string | null;
}
