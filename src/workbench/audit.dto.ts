import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

const LARGEST_PAGE = 500;
const ACTOR = /^(nobody|(user|key|command):[\w.-]{1,48})$/;
const SUBJECT = /^[A-Za-z-]{1,32}\/[\w.-]{1,48}$/;

export class AuditQuery {
  @ApiPropertyOptional({ description: 'id of a person' })
  @IsOptional()
  @IsString()
  @Length(1, 36)
  person?: string;

  @ApiPropertyOptional({ description: '`user:ID`, `key:ID`, `command:NAME` or `nobody`' })
  @IsOptional()
  @Matches(ACTOR)
  actor?: string;

  @ApiPropertyOptional({ example: 'contacts revealed' })
  @IsOptional()
  @IsString()
  @Length(1, 32)
  action?: string;

  @ApiPropertyOptional({ description: '`kind/ID` of what was seen or changed' })
  @IsOptional()
  @Matches(SUBJECT)
  subject?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'from then on' })
  @IsOptional()
  @IsISO8601({ strict: true })
  since?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'before then' })
  @IsOptional()
  @IsISO8601({ strict: true })
  until?: string;

  @ApiPropertyOptional({ default: 100, maximum: LARGEST_PAGE })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_PAGE)
  limit = 100;

  @ApiPropertyOptional({ description: 'the `next` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  after?: string;
}

/** One act of somebody. It names nobody it is about but by an id. */
export class AuditShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ description: '`user:ID`, `key:ID`, `command:NAME` or `nobody`' })
  actor: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'how colleagues call them, or the name of the key',
  })
  actorName: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'as what: roles, or the scope of a key' })
  role: string | null;
  @ApiProperty({ example: 'read task' })
  action: string;
  @ApiProperty({ type: String, nullable: true })
  personId: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'task/0192…' })
  subject: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'why, or where the words of it stand' })
  reason: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'these words, as whoever opened a person typed them',
  })
  reasonWords: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'address on the network' })
  from: string | null;
  @ApiProperty()
  detail: string;
  @ApiProperty({ type: Number, nullable: true, description: 'place in the chain; null until it is sealed' })
  seq: number | null;
}

export class AuditPage {
  @ApiProperty({ type: [AuditShown] })
  items: AuditShown[];
  @ApiProperty({ type: String, nullable: true, description: 'for `after`; null at the end' })
  next: string | null;
}
