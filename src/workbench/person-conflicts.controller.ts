import { Controller, Get, Inject, Query, Req, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProperty, ApiTags, PickType } from '@nestjs/swagger';
import { AuditTrail, type Caller, Needs, rowsOfCaller } from '../access/index.js';
import { PersonConflictRepository } from '../people/index.js';
import { PageQuery } from './queue.dto.js';
import { VALIDATE } from './validation.js';

class ConflictsQuery extends PickType(PageQuery, ['limit']) {}

/** A message that was refused because a record in it could be more than one person. */
class PersonConflict {
  @ApiProperty()
  id: string;
  @ApiProperty({ description: 'key that sent it' })
  feedId: string;
  @ApiProperty({ example: 'Bundle.entry[0].resource' })
  path: string;
  @ApiProperty({ type: [String] })
  personIds: string[];
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
}

class PersonConflictPage {
  @ApiProperty({ type: [PersonConflict], description: 'newest first' })
  items: PersonConflict[];
}

/** Records are never merged by themselves: somebody says who is meant. */
@ApiTags('data quality')
@ApiBearerAuth()
@Needs('read-conflicts')
@UsePipes(VALIDATE)
@Controller('api/person-conflicts')
export class PersonConflictsController {
  constructor(
    @Inject(PersonConflictRepository) private readonly conflicts: PersonConflictRepository,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Refused messages that wait for a decision. */
  @Get()
  @ApiOkResponse({ type: PersonConflictPage })
  async list(
    @Query() { limit }: ConflictsQuery,
    @Req() { caller }: { caller: Caller },
  ): Promise<PersonConflictPage> {
    const items = (await this.conflicts.open(limit, rowsOfCaller(caller))).map(
      ({ id, feedId, path, personIds, receivedAt }) => ({
        id,
        feedId,
        path,
        personIds: JSON.parse(personIds) as string[],
        receivedAt: receivedAt.toISOString(),
      }),
    );
    const personIds = [...new Set(items.flatMap((item) => item.personIds))];
    const detail = `${items.length} shown`;
    await this.audit.record(caller, { action: 'read person conflicts', personIds, detail });
    return { items };
  }
}
