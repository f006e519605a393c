import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type CallersRequest, Needs, refuseToReveal, rowsOfCaller } from '../access/index.js';
import { RevealedContacts } from './contacts.controller.js';
import { LevelsService } from './levels.service.js';
import { FindPeople, PeopleFoundPage, PersonPage, Series, SeriesQuery } from './people.dto.js';
import { PeopleService } from './people.service.js';
import { RevealQuery } from './queue.dto.js';
import { SeriesService } from './series.service.js';
import { TaskDetailService } from './task-detail.service.js';
import { VALIDATE } from './validation.js';

/** 受检者: looked up, and seen from every side. Who looked at whom is recorded before it is shown. */
@ApiTags('people')
@ApiBearerAuth()
@Needs('read-person')
@UsePipes(VALIDATE)
@Controller('api/people')
export class PeopleController {
  constructor(
    @Inject(PeopleService) private readonly people: PeopleService,
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(SeriesService) private readonly series: SeriesService,
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** People by the beginning of a name, its first letters, or the last four digits of a number. */
  @Post('search')
  @HttpCode(200)
  @ApiOkResponse({ type: PeopleFoundPage })
  async find(@Body() { q, limit }: FindPeople, @Req() { caller }: CallersRequest): Promise<PeopleFoundPage> {
    const page = await this.people.find(q, limit, rowsOfCaller(caller));
    const personIds = page.items.map(({ id }) => id);
    await this.audit.record(caller, {
      action: 'find people',
      personIds,
      detail: `${personIds.length} shown`,
    });
    return page;
  }

  /** Everything of one person: findings, tasks, calls, what was measured. Numbers are masked. */
  @Get(':id')
  @ApiOkResponse({ type: PersonPage })
  @ApiNotFoundResponse()
  async page(
    @Param('id') id: string,
    @Query() { reveal }: RevealQuery,
    @Req() { caller }: CallersRequest,
  ): Promise<PersonPage> {
    const isRevealed = reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const page = await this.people.page(id, isRevealed);
    const detail = `person${isRevealed ? ', confidential results revealed' : ''}`;
    await this.audit.record(caller, { action: 'read person', personIds: [page.person.id], detail });
    return page;
  }

  /** Telephone numbers and addresses without mask. */
  @Post(':id/contacts')
  @Needs('reveal-contacts')
  @HttpCode(200)
  @ApiOkResponse({ type: RevealedContacts })
  @ApiNotFoundResponse()
  async contacts(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<RevealedContacts> {
    const personId = await this.levels.personId(id);
    const items = await this.details.contactsOf(personId);
    const detail = `${items.length} contacts`;
    await this.audit.record(caller, { action: 'contacts revealed', personIds: [personId], detail });
    return { items };
  }

  /** The values of one analyte over time. */
  @Get(':id/series')
  @ApiOkResponse({ type: Series })
  @ApiNotFoundResponse()
  async values(
    @Param('id') id: string,
    @Query() { analyte, reveal }: SeriesQuery,
    @Req() { caller }: CallersRequest,
  ): Promise<Series> {
    const isRevealed = reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const personId = await this.levels.personId(id);
    const series = await this.series.of(personId, analyte, isRevealed);
    await this.audit.record(caller, {
      action: 'read series',
      personIds: [personId],
      detail: 'values of an analyte',
    });
    return series;
  }
}
