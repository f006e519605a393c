import { Controller, Get, Inject, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { AuditTrail, CAPABILITIES, type CallersRequest, Needs, rowsOfCaller } from '../access/index.js';
import { AccountsService, type Role } from '../accounts/index.js';
import { nameInitials } from '../people/index.js';
import { ColleagueList, RecheckPage } from './desk.dto.js';
import { RechecksService } from './rechecks.service.js';
import { VALIDATE } from './validation.js';

const MOST_RECHECKS = 500;
const CALLERS: readonly Role[] = CAPABILITIES['work-tasks'].roles;

class RechecksQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: MOST_RECHECKS, default: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_RECHECKS)
  limit: number = 200;
}

/** What whoever works the queue needs beside it. */
@ApiTags('queue')
@ApiBearerAuth()
@Needs('read-queue')
@UsePipes(VALIDATE)
@Controller('api')
export class DeskController {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(RechecksService) private readonly awaited: RechecksService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** To whom a task may be handed over. */
  @Get('colleagues')
  @ApiOkResponse({ type: ColleagueList })
  async colleagues(@Req() { caller }: CallersRequest): Promise<ColleagueList> {
    const own = caller.kind === 'user' ? caller.centre : null;
    const accounts = await this.accounts.list();
    return {
      items: accounts
        .filter(({ id, disabledAt }) => disabledAt === null && id !== caller.id)
        .filter(({ roles }) => roles.some((role) => CALLERS.includes(role)))
        // Whoever is of another centre would not see what is handed over.
        .filter(({ centre }) => own === null || centre === null || centre === own)
        .map(({ id, name, roles }) => ({ id, name, roles, initials: nameInitials(name).split(' ')[0]! })),
    };
  }

  /** 待复查: told, and not yet known what became of it; the earliest due first. */
  @Get('rechecks')
  @ApiOkResponse({ type: RecheckPage })
  async rechecks(@Query() { limit }: RechecksQuery, @Req() { caller }: CallersRequest): Promise<RecheckPage> {
    const page = await this.awaited.page(limit, rowsOfCaller(caller));
    const personIds = [...new Set(page.items.map(({ person }) => person.id))];
    await this.audit.record(caller, {
      action: 'read rechecks',
      personIds,
      detail: `${page.items.length} shown`,
    });
    return page;
  }
}
