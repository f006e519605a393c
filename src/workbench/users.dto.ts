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
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { type Role, ROLES } from '../accounts/index.js';
import { ADDRESS_KINDS, type AddressKind } from '../kernel/index.js';
import { type Language, LANGUAGES } from '../messaging/index.js';

const CENTRE =
  'the centre whose people they see, as `Encounter.serviceProvider` names it (`system|value`, or its name); null: of every centre';

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

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 128, description: CENTRE })
  @IsOptional()
  @IsString()
  @Length(0, 128)
  centre?: string | null;
}

/** What somebody may do, and whose people they see: all of it. */
export class SetPost {
  @ApiProperty({ enum: ROLES, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ROLES.length)
  @IsIn(ROLES, { each: true })
  roles: Role[];

  @ApiProperty({ description: 'named for confidential results' })
  @IsBoolean()
  seesSensitive: boolean;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 128, description: CENTRE })
  @IsOptional()
  @IsString()
  @Length(0, 128)
  centre?: string | null;
}

class Centre {
  @ApiProperty({ example: 'urn:hospital:centre|WEST' })
  centre: string;
  @ApiProperty()
  encounters: number;
}

export class CentreList {
  @ApiProperty({ type: [Centre] })
  items: Centre[];
}

export class DisableUser {
  @ApiProperty()
  @IsBoolean()
  isDisabled: boolean;
}

export class AddressSet {
  @ApiProperty({ enum: ADDRESS_KINDS })
  @IsIn(ADDRESS_KINDS)
  channel: AddressKind;

  @ApiProperty({ maxLength: 254, description: 'number, mailbox, or what the webhook knows them by' })
  @IsString()
  @Length(1, 254)
  address: string;

  @ApiPropertyOptional({ enum: LANGUAGES, default: 'zh' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class SetAddresses {
  @ApiProperty({ type: [AddressSet], description: 'one a channel; none: no message reaches them' })
  @IsArray()
  @ArrayMaxSize(ADDRESS_KINDS.length)
  @ValidateNested({ each: true })
  @Type(() => AddressSet)
  addresses: AddressSet[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 128,
    example: 'urn:hospital:staff|D0123',
    description: 'identifier (system|value) by which encounters name them as attending doctor',
  })
  @IsOptional()
  @IsString()
  @Length(1, 128)
  practitioner?: string | null;
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
  @ApiProperty({ enum: ADDRESS_KINDS, isArray: true, description: 'channels by which messages reach them' })
  reachedBy: AddressKind[];
  @ApiProperty({ type: String, nullable: true, description: 'what encounters call them, `system|value`' })
  practitioner: string | null;
  @ApiProperty({ type: String, nullable: true, description: CENTRE })
  centre: string | null;
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
