import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { AuditTrail, type CallersRequest, Needs } from '../access/index.js';
import { AccountsService, StaffAddresses } from '../accounts/index.js';
import { Reader } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { EncounterCareRepository } from '../people/index.js';
import {
  AddUser,
  CentreList,
  DisableUser,
  LinkMade,
  RenewLink,
  SetAddresses,
  SetPost,
  UserList,
} from './users.dto.js';
import { VALIDATE } from './validation.js';

/** Accounts of people, for administrators. */
@ApiTags('users')
@ApiBearerAuth()
@Needs('manage-accounts')
@UsePipes(VALIDATE)
@Controller('api/users')
export class UsersController {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(StaffAddresses) private readonly addresses: StaffAddresses,
    @Inject(EncounterCareRepository) private readonly care: EncounterCareRepository,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Every account, by sign-in name. */
  @Get()
  @ApiOkResponse({ type: UserList })
  async list(@Req() { caller }: CallersRequest): Promise<UserList> {
    const accounts = await this.accounts.list();
    const detail = `${accounts.length} shown`;
    await this.audit.record(caller, { action: 'read accounts', personIds: [], detail });
    const ids = accounts.map(({ id }) => id);
    const channels = await this.addresses.channelsOf(this.reader.manager, ids);
    return {
      items: accounts.map(({ createdAt, lastSignInAt, disabledAt, ...rest }) => ({
        ...rest,
        reachedBy: channels.get(rest.id) ?? [],
        createdAt: createdAt.toISOString(),
        lastSignInAt: lastSignInAt?.toISOString() ?? null,
        disabledAt: disabledAt?.toISOString() ?? null,
      })),
    };
  }

  /** The centres that encounters name, by which the people of an account can be limited. */
  @Get('centres')
  @ApiOkResponse({ type: CentreList })
  async centres(): Promise<CentreList> {
    return { items: await this.care.centres() };
  }

  /** Makes an account and the link with which its person chooses a password. */
  @Post()
  @ApiCreatedResponse({ type: LinkMade })
  @ApiConflictResponse({ description: 'somebody has this sign-in name' })
  async add(@Body() body: AddUser, @Req() { caller }: CallersRequest): Promise<LinkMade> {
    const witness = this.audit.witness(caller, { action: 'account made', detail: body.roles.join(' ') });
    const { id, link } = await this.accounts.create(body, witness);
    return { id, link: setUpPath(link!) };
  }

  /** A new link to choose a password with; earlier links end. */
  @Post(':id/link')
  @ApiCreatedResponse({ type: LinkMade })
  @ApiNotFoundResponse()
  async renew(
    @Param('id') id: string,
    @Body() { dropSecondFactor }: RenewLink,
    @Req() { caller }: CallersRequest,
  ): Promise<LinkMade> {
    const detail = dropSecondFactor ? 'second factor dropped' : '';
    const witness = this.audit.witness(caller, { action: 'set-up link made', detail });
    const link = await this.accounts.renewLink(id, { dropsSecondFactor: dropSecondFactor ?? false, witness });
    return { id, link: setUpPath(link) };
  }

  /** What somebody may do, and whose people they see. Where that becomes less they are signed out everywhere. */
  @Put(':id/post')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'nobody takes the administration from themselves' })
  async setPost(
    @Param('id') id: string,
    @Body() { roles, seesSensitive, centre = null }: SetPost,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    if (id === caller.id && !roles.includes('administrator'))
      throw new AppError('conflict', 'Another administrator takes this role from you.', 'roles');
    const witness = this.audit.witness(caller, { action: 'account post set', detail: '' });
    await this.accounts.setPost(id, { roles, seesSensitive, centre }, witness);
  }

  /** Lets an account in no more, and ends its sessions; or lets it in again. */
  @Post(':id/disabled')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async disable(
    @Param('id') id: string,
    @Body() { isDisabled }: DisableUser,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    const action = isDisabled ? 'account disabled' : 'account enabled';
    await this.accounts.setDisabled(id, isDisabled, this.audit.witness(caller, { action, detail: '' }));
  }

  /** How messages reach somebody, and what the hospital's records call them: all of it; what is left out is removed. */
  @Put(':id/addresses')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'another account is known by this practitioner' })
  async reach(
    @Param('id') id: string,
    @Body() { addresses, practitioner = null }: SetAddresses,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    const wanted = addresses.map(({ channel, address, language = 'zh' }) => ({ channel, address, language }));
    const detail = addresses.map(({ channel }) => channel).join(' ') || 'none';
    const witness = this.audit.witness(caller, { action: 'addresses set', detail });
    await this.addresses.set(id, wanted, practitioner, witness);
  }
}

function setUpPath(secret: string): string {
  return `/set-up/${secret}`;
}
