import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { URGENCIES, type Urgency } from '../policy/index.js';

/** Without spaces around it, and composed as it is stored. */
const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.normalize('NFC').trim() : value,
  );

export class HandReportBody {
  @ApiProperty({ description: 'id of the person, or `system|value` of an identifier' })
  @IsString()
  @Length(1, 300)
  person: string;
  @ApiProperty({ description: 'id of a department of the policy', example: 'ultrasound' })
  @IsString()
  @Length(1, 32)
  department: string;
  @ApiProperty({ enum: URGENCIES, description: '`important`: to be told the same working day' })
  @IsIn(URGENCIES)
  class: Urgency;
  @ApiProperty({ minLength: 2, maxLength: 1000, description: 'what was found, as it shall be told' })
  @Trimmed()
  @IsString()
  @Length(2, 1000)
  text: string;
  @ApiPropertyOptional({ maxLength: 64, description: 'who found it; whoever writes it down when left out' })
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, 64)
  reporter?: string;
  @ApiPropertyOptional({
    default: false,
    description: 'shown to named staff alone, and never told to relatives',
  })
  @IsOptional()
  @IsBoolean()
  confidential?: boolean;
}

export class WithdrawBody {
  @ApiProperty({ minLength: 2, maxLength: 200, description: 'why it is wrong' })
  @Trimmed()
  @IsString()
  @Length(2, 200)
  reason: string;
}

/** 科室: who may be reported for, by the policy in force. */
export class DepartmentShown {
  @ApiProperty({ example: 'ultrasound' })
  id: string;
  @ApiProperty({ example: '超声科' })
  zh: string;
  @ApiProperty({ example: 'Ultrasound' })
  en: string;
}

/** A report by hand as it stands. */
export class HandReportShown {
  @ApiProperty({ description: 'of the finding: `DetectedIssue/ID`' })
  id: string;
  @ApiProperty({ example: 'manual/ultrasound' })
  rule: string;
  @ApiProperty()
  person: string;
  @ApiProperty({ type: String, nullable: true, description: 'the task it is in, or was in last' })
  task: string | null;
  @ApiProperty({ enum: ['final', 'retracted'] })
  status: string;
  @ApiProperty({ description: 'false where the same key had brought it before' })
  isNew: boolean;
}
