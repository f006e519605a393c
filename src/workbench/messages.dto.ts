import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import {
  type Audience,
  AUDIENCES,
  CODE,
  type Channel,
  CHANNELS,
  ERROR_KINDS,
  type ErrorKind,
  MESSAGE_STATES,
  type MessageState,
  NEXT_STEPS,
  type NextStep,
  RECEIPT_STATUSES,
  type ReceiptStatus,
  type ReceiptsTaken,
} from '../messaging/index.js';
import { URGENCIES, type Urgency } from '../policy/index.js';
import { PageQuery } from './queue.dto.js';

const LONGEST_ID = 36;
const MOST_RECEIPTS = 100;

export class MessagesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: MESSAGE_STATES })
  @IsOptional()
  @IsIn(MESSAGE_STATES)
  state?: MessageState;

  @ApiPropertyOptional({ enum: CHANNELS })
  @IsOptional()
  @IsIn(CHANNELS)
  channel?: Channel;

  @ApiPropertyOptional({ description: 'id of the person it is about' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_ID)
  person?: string;

  @ApiPropertyOptional({ description: 'id of its task' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_ID)
  task?: string;
}

/** A message, without address and text. */
export class MessageShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  @ApiProperty({ example: 'please-ring' })
  template: string;
  @ApiProperty({ example: '1.1f0c2a9b', description: 'version and hash of its file' })
  templateRevision: string;
  @ApiProperty({ enum: ['zh', 'en'] })
  language: 'zh' | 'en';
  @ApiProperty({ enum: AUDIENCES })
  audience: Audience;
  @ApiProperty({ enum: URGENCIES })
  class: Urgency;
  @ApiProperty({ type: String, nullable: true })
  taskId: string | null;
  @ApiProperty({ type: String, nullable: true })
  personId: string | null;
  @ApiProperty({ enum: MESSAGE_STATES })
  state: MessageState;
  @ApiProperty()
  attempts: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'when it is due again' })
  nextAt: string | null;
  @ApiProperty({ type: String, enum: ERROR_KINDS, nullable: true })
  because: ErrorKind | null;
  @ApiProperty({ type: String, nullable: true, example: '550', description: "the other side's own code" })
  code: string | null;
  @ApiProperty({ type: String, enum: NEXT_STEPS, nullable: true, description: 'what somebody does about it' })
  nextStep: NextStep | null;
  @ApiProperty({ type: String, nullable: true, description: 'the message that it was sent again for' })
  resendOf: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'when the channel took it' })
  sentAt: string | null;
}

export class MessagePage {
  @ApiProperty({ type: [MessageShown], description: 'newest first' })
  items: MessageShown[];
  @ApiProperty({ type: String, nullable: true, description: 'give it as `after`; null on the last page' })
  next: string | null;
}

export class MessageCount {
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  @ApiProperty({ enum: MESSAGE_STATES })
  state: MessageState;
  @ApiProperty()
  count: number;
}

export class MessageCounts {
  @ApiProperty({ type: [MessageCount] })
  items: MessageCount[];
}

export class OptOutShown {
  @ApiProperty({ enum: CHANNELS })
  channel: Channel;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ example: 'reply', description: '`reply`, or the key that noted it' })
  madeBy: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;
}

export class OptOutList {
  @ApiProperty({ type: [OptOutShown], description: 'newest first, ended ones too' })
  items: OptOutShown[];
}

/** What became of a message, or what was answered to it. */
export class ReceiptSent {
  @ApiPropertyOptional({ description: 'our id: `OutId`, `webhook-id`, or the part of Message-ID before @' })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST_ID)
  messageId?: string;

  @ApiPropertyOptional({ description: "the provider's own id, such as BizId" })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  providerId?: string;

  @ApiProperty({ enum: RECEIPT_STATUSES })
  @IsIn(RECEIPT_STATUSES)
  status: ReceiptStatus;

  @ApiProperty({ format: 'date-time', description: 'when it happened' })
  @Matches(/^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/, {
    message: 'must be an instant, such as 2026-03-02T10:00:00+08:00',
  })
  at: string;

  @ApiPropertyOptional({ example: 'UNDELIV', description: 'code of a bounce' })
  @IsOptional()
  @Matches(CODE, { message: 'must be a code, without words' })
  code?: string;

  @ApiPropertyOptional({ description: 'of a reply: the address it came from' })
  @IsOptional()
  @IsString()
  @Length(1, 254)
  from?: string;

  @ApiPropertyOptional({ description: 'of a reply: its text' })
  @IsOptional()
  @IsString()
  @Length(0, 1000)
  text?: string;
}

export class ReceiptsSent {
  @ApiProperty({ type: [ReceiptSent], maxItems: MOST_RECEIPTS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_RECEIPTS)
  @ValidateNested({ each: true })
  @Type(() => ReceiptSent)
  receipts: ReceiptSent[];
}

export class ReceiptsAnswer implements ReceiptsTaken {
  @ApiProperty()
  received: number;
  @ApiProperty({ description: 'had come before: they change nothing' })
  repeated: number;
  @ApiProperty({ description: 'of no message that is known (yet)' })
  unmatched: number;
}
