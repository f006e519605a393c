import { Body, Controller, Delete, Get, Inject, Param, Post, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { actorOf, AuditTrail, type CallersRequest, Needs, rowsOfCaller } from '../access/index.js';
import { LevelMovesRepository, LevelOverridesService } from '../assessment/index.js';
import { AppError } from '../kernel/index.js';
import { readMoveCursor, writeMoveCursor } from './domain/move-cursor.js';
import {
  HistoryQuery,
  LevelHistory,
  MovesPage,
  MovesQuery,
  OverrideList,
  PersonLevel,
  SetOverride,
  WithdrawQuery,
} from './level.dto.js';
import { LevelsService, moveShown } from './levels.service.js';
import { VALIDATE } from './validation.js';

/** Levels, the doctor's beside the computed one, and how they moved. Who looked, and who decided, is recorded. */
@ApiTags('levels')
@ApiBearerAuth()
@Needs('read-person')
@UsePipes(VALIDATE)
@Controller('api')
export class LevelsController {
  constructor(
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(LevelOverridesService) private readonly overrides: LevelOverridesService,
    @Inject(LevelMovesRepository) private readonly moves: LevelMovesRepository,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The level to act on, the computed one with its reasons, and the doctor's. */
  @Get('people/:id/level')
  @ApiOkResponse({ type: PersonLevel })
  @ApiNotFoundResponse()
  async level(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<PersonLevel> {
    const personId = await this.levels.personId(id);
    const level = await this.levels.level(personId);
    await this.audit.record(caller, { action: 'read level', personIds: [personId], detail: 'level' });
    return level;
  }

  /** What doctors have set, with where each has come to. */
  @Get('people/:id/level/override')
  @ApiOkResponse({ type: OverrideList })
  @ApiNotFoundResponse()
  async list(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<OverrideList> {
    const personId = await this.levels.personId(id);
    const items = await this.levels.overridesOf(personId);
    const detail = `${items.length} overrides`;
    await this.audit.record(caller, { action: 'read level overrides', personIds: [personId], detail });
    return { items };
  }

  /** A doctor sets the level, with a reason, until a day. The computed one stays beside it. */
  @Post('people/:id/level/override')
  @Needs('set-levels')
  @ApiCreatedResponse({ type: PersonLevel })
  @ApiNotFoundResponse()
  @ApiConflictResponse({
    description: 'the level has changed since it was read, or another override is in force that is not named',
  })
  async set(
    @Param('id') id: string,
    @Body() body: SetOverride,
    @Req() { caller }: CallersRequest,
  ): Promise<PersonLevel> {
    const personId = await this.levels.personId(id);
    const { level: code, reason, doctor, assessmentVersion, replaces = null } = body;
    const until = this.levels.endOf(body.until);
    const actor = actorOf(caller);
    const detail = `level ${code} until ${until.toISOString()}`;
    const witness = this.audit.witness(caller, { action: 'level overridden', personIds: [personId], detail });
    const request = { personId, code, reason, doctor, until, assessmentVersion, replaces, actor };
    await this.overrides.set(request, witness);
    return this.levels.level(personId);
  }

  /** The computed level counts again. */
  @Delete('people/:id/level/override')
  @Needs('set-levels')
  @ApiOkResponse({ type: PersonLevel })
  @ApiNotFoundResponse({ description: 'no such person, or no such override in force' })
  @ApiConflictResponse({ description: 'it does not count any more' })
  async withdraw(
    @Param('id') id: string,
    @Query() query: WithdrawQuery,
    @Req() { caller }: CallersRequest,
  ): Promise<PersonLevel> {
    const personId = await this.levels.personId(id);
    const action = 'override withdrawn';
    const witness = this.audit.witness(caller, { action, personIds: [personId], detail: '' });
    await this.overrides.withdraw(personId, query.id, actorOf(caller), witness);
    return this.levels.level(personId);
  }

  /** How a person's level moved, and because of what. */
  @Get('people/:id/level/history')
  @ApiOkResponse({ type: LevelHistory })
  @ApiNotFoundResponse()
  async history(
    @Param('id') id: string,
    @Query() { limit, before }: HistoryQuery,
    @Req() { caller }: CallersRequest,
  ): Promise<LevelHistory> {
    const personId = await this.levels.personId(id);
    const found = await this.moves.ofPerson(personId, limit + 1, before);
    const items = found.slice(0, limit).map(moveShown);
    const detail = `${items.length} moves`;
    await this.audit.record(caller, { action: 'read level history', personIds: [personId], detail });
    return { items, next: found.length > limit ? (items.at(-1)?.version ?? null) : null };
  }

  /** Everybody whose level came to another in a period. */
  @Get('level-moves')
  @Needs('read-level-moves')
  @ApiOkResponse({ type: MovesPage })
  async moved(@Query() query: MovesQuery, @Req() { caller }: CallersRequest): Promise<MovesPage> {
    const after = query.after === undefined ? undefined : readMoveCursor(query.after);
    if (after === null) throw new AppError('invalid-request', 'is not the `next` of a page', 'after');
    const { since, until } = this.levels.period(query.since, query.until);
    const { from, to, direction, limit } = query;
    const found = await this.moves.inPeriod({
      ...{ since, until, from, to, direction, after, limit: limit + 1 },
      rows: rowsOfCaller(caller),
    });
    const shown = found.slice(0, limit);
    const personIds = [...new Set(shown.map(({ personId }) => personId))];
    const detail = `${shown.length} shown`;
    await this.audit.record(caller, { action: 'read level moves', personIds, detail });
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((move) => ({ personId: move.personId, ...moveShown(move) })),
      next: last ? writeMoveCursor(last) : null,
    };
  }
}
