import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, MaxLength, MinLength } from 'class-validator';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../accounts/index.js';

const LONGEST_TYPED = 256;

export class ChangePassword {
  @ApiProperty({ maxLength: LONGEST_TYPED, description: 'the password in force' })
  @IsString()
  @Length(1, LONGEST_TYPED)
  present: string;

  @ApiProperty({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
  @IsString()
  @MinLength(1)
  @MaxLength(4 * LONGEST_PASSWORD)
  password: string;
}

export class OwnSessionShown {
  @ApiProperty()
  id: string;
  @ApiProperty({ format: 'date-time', description: 'signed in then' })
  since: string;
  @ApiProperty({ format: 'date-time', description: 'to a few minutes' })
  lastSeenAt: string;
  @ApiProperty({ format: 'date-time', description: 'it ends then at the latest' })
  until: string;
  @ApiProperty({ description: 'the one that asks' })
  isThis: boolean;
}

export class OwnSessionList {
  @ApiProperty({ type: [OwnSessionShown] })
  items: OwnSessionShown[];
}
