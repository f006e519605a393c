import { ApiProperty } from '@nestjs/swagger';

/** What became of a finding after its person was told. */
export class LoopShown {
  @ApiProperty()
  findingId: string;
  @ApiProperty()
  version: number;
  @ApiProperty({ enum: ['awaiting', 'closed', 'reopened', 'lost'] })
  state: string;
  @ApiProperty({ format: 'date-time' })
  toldAt: string;
  @ApiProperty({ format: 'date-time', description: 'by when the outcome must be known' })
  due: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recheckAt: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'normal' })
  outcome: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the later result that settled it' })
  observationId: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'results',
    description: 'who said so: `user:ID`, `key:ID`, or `results` where a later result did',
  })
  closedBy: string | null;
  @ApiProperty({ type: String, nullable: true, example: '李敏', description: 'of people; else null' })
  closedByName: string | null;
}
