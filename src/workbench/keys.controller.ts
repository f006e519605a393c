import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import {
  AccessService,
  AuditTrail,
  type CallersRequest,
  Needs,
  type Scope,
  SCOPES,
} from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { VALIDATE } from './validation.js';

class AddKey {
  @ApiProperty({ maxLength: 128, description: 'which system it is for' })
  @IsString()
  @Length(1, 128)
  @Matches(/\S/)
  name: string;

  @ApiProperty({ enum: SCOPES })
  @IsIn(SCOPES)
  scope: Scope;

  @ApiPropertyOptional({ default: false, description: 'what it sends is history and rings nobody' })
  @IsOptional()
  @IsBoolean()
  isHistory?: boolean;
}

class KeyShown {
  @ApiProperty()
  id: string;
  @ApiProperty()
  name: string;
  @ApiProperty({ enum: SCOPES })
  scope: Scope;
  @ApiProperty()
  isHistory: boolean;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSeenAt: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: string | null;
}

class KeyList {
  @ApiProperty({ type: [KeyShown], description: 'the oldest first' })
  items: KeyShown[];
}

class KeyMade {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'shown this once; only its hash is kept' })
  secret: string;
}

/** Keys of machines, for administrators. */
@ApiTags('keys')
@ApiBearerAuth()
@Needs('manage-keys')
@UsePipes(VALIDATE)
@Controller('api/keys')
export class KeysController {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Every key, revoked ones too; never a secret. */
  @Get()
  @ApiOkResponse({ type: KeyList })
  async list(): Promise<KeyList> {
    const keys = await this.access.list();
    return {
      items: keys.map(({ createdAt, lastSeenAt, revokedAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
        revokedAt: revokedAt?.toISOString() ?? null,
      })),
    };
  }

  /** Makes a key. Its secret is in this answer alone. */
  @Post()
  @ApiCreatedResponse({ type: KeyMade })
  async add(@Body() body: AddKey, @Req() { caller }: CallersRequest): Promise<KeyMade> {
    return this.access.createKey(
      body,
      this.audit.witness(caller, { action: 'key made', detail: body.scope }),
    );
  }

  /** The key opens nothing any more. */
  @Post(':id/revoke')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'no such key in force' })
  async revoke(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<void> {
    const witness = this.audit.witness(caller, { action: 'key revoked', detail: '' });
    if (!(await this.access.revoke(id, witness)))
      throw new AppError('not-found', 'There is no such key in force.');
  }
}
