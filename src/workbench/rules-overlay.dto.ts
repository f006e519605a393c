import { ApiProperty } from '@nestjs/swagger';

class FieldDifferenceShown {
  @ApiProperty({ example: 'conditions.all.0.value (wbc)' })
  field: string;
  @ApiProperty({ type: String, nullable: true, description: 'null where the shipped rule has nothing' })
  shipped: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null where the centre has nothing' })
  centre: string | null;
}

/** What the centre has otherwise than the shipped packs. */
export class OverlayShown {
  @ApiProperty({ description: '`pack/rule`, `lexicon/id` or the path of the policy' })
  about: string;
  @ApiProperty({ enum: ['changed', 'off', 'replaced', 'added'] })
  what: string;
  @ApiProperty({ description: 'file and line' })
  place: string;
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'who answers for it' })
  owner: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date',
    description: 'by when it must be looked at again',
  })
  reviewBy: string | null;
  @ApiProperty({ type: [FieldDifferenceShown], description: 'side by side' })
  fields: FieldDifferenceShown[];
}

export class OverlayPage {
  @ApiProperty({ description: 'the version in force' })
  version: string;
  @ApiProperty({ type: [OverlayShown] })
  differences: OverlayShown[];
}
