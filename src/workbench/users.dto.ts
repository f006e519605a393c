import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { type Role, ROLES } from '../accounts/index.js';

export class AddUser {
  @ApiProperty({ maxLength: 64, description: 'what they sign in with' })
  @IsString()
  @Length(1, 64)
  login: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'how colleagues call them' })
  @IsOptional()
  @IsString()
  @Length(1, 64)
  name?: string;

  @ApiProperty({ enum: ROLES, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles: Role[];

  @ApiPropertyOptional({ default: false, description: 'named for confidential results' })
  @IsOptional()
  @IsBoolean()
  seesSensitive?: boolean;
}

export class DisableUser {
  @ApiProperty()
  @IsBoolean()
  isDisabled: boolean;
}

export class RenewLink {
  @ApiPropertyOptional({ default: false, description: 'they have lost their second factor too' })
  @IsOptional()
  @IsBoolean()
  dropSecondFactor?: boolean;
}

export class UserShown {
  @ApiProperty()
  id: string;
  @ApiProperty()
  login: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: ROLES, isArray: true })
  roles: Role[];
  @ApiProperty()
  seesSensitive: boolean;
  @ApiProperty({ description: 'false: waits for its set-up link to be used' })
  hasPassword: boolean;
  @ApiProperty()
  hasSecondFactor: boolean;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSignInAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabledAt: string | null;
}

export class UserList {
  @ApiProperty({ type: [UserShown] })
  items: UserShown[];
}

/** The link is shown here, once. */
export class LinkMade {
  @ApiProperty({ description: 'of the account' })
  id: string;
  @ApiProperty({
    example: '/set-up/…',
    description: 'path under which they choose their password, once, within three days',
  })
  link: string;
}
