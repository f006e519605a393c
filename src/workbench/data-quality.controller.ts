import { Controller, Get, Inject, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditTrail, type Caller, Needs, rowsOfCaller } from '../access/index.js';
import { DataQualityRepository } from '../people/index.js';
import { DataQualityPage, DataQualityQuery } from './data-quality.dto.js';
import { PersonFinder } from './person-finder.js';
import { VALIDATE } from './validation.js';

/** What could not be judged, and why: nothing is dropped silently. */
@ApiTags('data quality')
@ApiBearerAuth()
@Needs('read-data-quality')
@UsePipes(VALIDATE)
@Controller('api/data-quality')
export class DataQualityController {
  constructor(
    @Inject(DataQualityRepository) private readonly quality: DataQualityRepository,
    @Inject(PersonFinder) private readonly persons: PersonFinder,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Items, newest first, and counts by reason. */
  @Get()
  @ApiOkResponse({ type: DataQualityPage })
  async list(
    @Query() { reason, person, limit, after }: DataQualityQuery,
    @Req() { caller }: { caller: Caller },
  ): Promise<DataQualityPage> {
    const found = person === undefined ? undefined : await this.persons.find(person);
    if (found === null) return { items: [], counts: {}, next: null };
    const page = await this.quality.page({
      ...{ reason, personId: found?.id, limit: limit + 1, after },
      rows: rowsOfCaller(caller),
    });
    const items = page.items.slice(0, limit);
    const personIds = [...new Set(items.flatMap(({ personId }) => personId ?? []))];
    await this.audit.record(caller, {
      action: 'read data quality',
      personIds,
      detail: `${items.length} shown`,
    });
    return {
      items: items.map((item) => ({
        id: item.id,
        reason: item.reason,
        detail: item.detail,
        personId: item.personId,
        resultId: item.observationId,
        component: item.component,
        since: item.createdAt.toISOString(),
      })),
      counts: Object.fromEntries(page.counts.map(({ reason: word, count }) => [word, count])),
      next: page.items.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  }
}
