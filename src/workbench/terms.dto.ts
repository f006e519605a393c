import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { BilingualDto } from './queue.dto.js';

const KINDS = ['code', 'name', 'unit'] as const;
const LONGEST_SOURCE = 191;
const LONGEST_TARGET = 64;

export class UnmappedTerm {
  @ApiProperty({ enum: ['unknown-code', 'unknown-unit'] })
  reason: string;
  @ApiProperty({ description: 'the code, name or unit as it was sent' })
  detail: string;
  @ApiProperty({ description: 'results that wait for it' })
  count: number;
}

export class MappingShown {
  @ApiProperty({ enum: KINDS })
  kind: string;
  @ApiProperty()
  source: string;
  @ApiProperty()
  target: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
}

export class TermsPage {
  @ApiProperty({ type: [UnmappedTerm], description: 'the most frequent first, 200 at most' })
  unmapped: UnmappedTerm[];
  @ApiProperty({ type: [MappingShown], description: 'the centre’s own mappings, the latest first' })
  mappings: MappingShown[];
}

export class AnalytesQuery {
  @ApiProperty({ description: 'part of a name or of an id, first letters, or a LOINC code' })
  @IsString()
  @Length(1, 64)
  q: string;
}

export class AnalyteShown {
  @ApiProperty({ example: 'glucose-fasting' })
  id: string;
  @ApiProperty()
  name: BilingualDto;
  @ApiProperty({ example: 'mmol/L' })
  unit: string;
}

export class AnalyteList {
  @ApiProperty({ type: [AnalyteShown], description: '20 at most' })
  items: AnalyteShown[];
}

export class MapTerm {
  @ApiProperty({ enum: KINDS })
  @IsIn(KINDS)
  kind: (typeof KINDS)[number];

  @ApiProperty({ maxLength: LONGEST_SOURCE, example: 'urn:lis|GLU', description: 'of a code `system|code`' })
  @IsString()
  @Length(1, LONGEST_SOURCE)
  source: string;

  @ApiProperty({ maxLength: LONGEST_TARGET, example: 'glucose; fasting in checkup' })
  @IsString()
  @Length(1, LONGEST_TARGET)
  target: string;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'false: it is put in force, nothing is judged again',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  rejudge?: 'true' | 'false';
}

/** What a mapping made of the results that waited. */
export class MappedShown {
  @ApiProperty({
    description: 'another mapping of the same stood before; what it was read by is not changed',
  })
  hasReplaced: boolean;
  @ApiProperty({ description: 'results that were judged again' })
  results: number;
  @ApiProperty({ description: 'of these, understood now' })
  understood: number;
  @ApiProperty()
  findings: number;
  @ApiProperty()
  reviews: number;
  @ApiProperty({ description: 'tasks that were opened' })
  tasks: number;
}
