import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength, MinLength } from 'class-validator';
import { CAPABILITIES, type Capability } from '../access/index.js';
import { LONGEST_PASSWORD, type Role, ROLES, SHORTEST_PASSWORD } from '../accounts/index.js';

const LONGEST_TYPED = 256;
const CODE = { minLength: 6, maxLength: 12 };

export class SignInBody {
  @ApiProperty({ maxLength: LONGEST_TYPED })
  @IsString()
  @Length(1, LONGEST_TYPED)
  login: string;

  @ApiProperty({ maxLength: LONGEST_TYPED })
  @IsString()
  @Length(1, LONGEST_TYPED)
  password: string;

  @ApiPropertyOptional({ ...CODE, description: 'one-time code, when the answer asked for it' })
  @IsOptional()
  @IsString()
  @MaxLength(CODE.maxLength)
  code?: string;
}

export class SetUpBody {
  @ApiProperty({ minLength: SHORTEST_PASSWORD, maxLength: LONGEST_PASSWORD })
  @IsString()
  @MinLength(1)
  @MaxLength(4 * LONGEST_PASSWORD)
  password: string;
}

export class CodeBody {
  @ApiProperty(CODE)
  @IsString()
  @Length(CODE.minLength, CODE.maxLength)
  code: string;
}

/** Somebody who is signed in, for their page. */
export class SessionShown {
  @ApiProperty({ description: 'of the account' })
  id: string;
  @ApiProperty()
  login: string;
  @ApiProperty({ example: '王秀兰' })
  name: string;
  @ApiProperty({ enum: ROLES, isArray: true })
  roles: readonly Role[];
  @ApiProperty({ enum: Object.keys(CAPABILITIES), isArray: true, description: 'what they may do now' })
  may: Capability[];
  @ApiProperty({ description: 'named for confidential results' })
  seesSensitive: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'whose people they see; null: of every centre',
  })
  centre: string | null;
  @ApiProperty({ description: 'one-time codes have to be set up before anything else' })
  isPending: boolean;
  @ApiProperty({ description: 'one-time codes are set up' })
  hasSecondFactor: boolean;
  @ApiProperty({ description: 'to be sent with every change, as `x-firstcall-token`' })
  token: string;
  @ApiProperty({ format: 'date-time', description: 'the session ends then at the latest' })
  until: string;
  @ApiProperty({ format: 'date-time', description: 'the clock of the service' })
  now: string;
  @ApiProperty({ example: 'Asia/Shanghai', description: 'the zone of the centre: times are shown in it' })
  timeZone: string;
}

export class LinkShown {
  @ApiProperty()
  login: string;
  @ApiProperty()
  name: string;
}

export class SecondFactorShown {
  @ApiProperty({ description: 'base32, to be typed into an authenticator' })
  secret: string;
  @ApiProperty({ description: 'otpauth address, to be shown as a QR code' })
  address: string;
}
