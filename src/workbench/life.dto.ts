import { ApiProperty } from '@nestjs/swagger';
import { type Confirmation, CONFIRMATIONS, SPECIMEN_NOTES } from '../tasks/index.js';

/** What people have done with a task. */
export class TaskLifeShown {
  @ApiProperty({ type: String, nullable: true, description: 'who holds it now; null once the claim is over' })
  claimedBy: string | null;
  @ApiProperty({ type: String, nullable: true, example: '李敏', description: 'of people; null of a key' })
  claimedByName: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  claimedAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'when the claim ends' })
  leaseUntil: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'to whom it is offered' })
  handoverTo: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'nobody rings before' })
  notBefore: string | null;
  @ApiProperty()
  attempts: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastAttemptAt: string | null;
  @ApiProperty({ type: String, enum: CONFIRMATIONS, nullable: true })
  confirmation: Confirmation | null;
  @ApiProperty({ enum: SPECIMEN_NOTES, isArray: true })
  specimen: string[];
  @ApiProperty({ description: 'still at the centre: tell now, escort' })
  isOnSite: boolean;
}
