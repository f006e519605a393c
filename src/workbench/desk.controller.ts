import { Controller, Get, Inject, Param, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { AuditTrail, type CallersRequest, Needs, RowLimits, rowsOfCaller } from '../access/index.js';
import { nameInitials } from '../people/index.js';
import { ColleagueList, RecheckPage } from './desk.dto.js';
import { EVERYBODY } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { RechecksService } from './rechecks.service.js';
import { Successors } from './successors.js';
import { VALIDATE } from './validation.js';

const MOST_RECHECKS = 500;

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
    @Inject(Successors) private readonly successors: Successors,
    @Inject(RowLimits) private readonly limits: RowLimits,
    @Inject(RechecksService) private readonly awaited: RechecksService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** To whom this task may go. */
  @Get('tasks/:id/colleagues')
  @ApiOkResponse({ type: ColleagueList })
  @ApiNotFoundResponse()
  async colleagues(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<ColleagueList> {
    if (!(await this.limits.sees(EVERYBODY, 'task', id)))
      throw new AppError('not-found', 'There is no such task.');
    const colleagues = await this.successors.of(id);
    return {
      items: colleagues
        .filter((one) => one.id !== caller.id)
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
