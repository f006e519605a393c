import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { actorOf, AuditTrail, type CallersRequest, Needs } from '../access/index.js';
import { Reader } from '../database/index.js';
import { type Silence, SilenceRepository, SilencesService } from '../tasks/index.js';
import { LevelsService } from './levels.service.js';
import { SilenceBody, SilenceList, SilenceReasons, SilenceShown } from './silences.dto.js';
import { VALIDATE } from './validation.js';

/** 停叫: what a doctor has silenced for one person, within what the policy allows. */
@ApiTags('silences')
@ApiBearerAuth()
@Needs('set-silences')
@UsePipes(VALIDATE)
@Controller('api')
export class SilencesController {
  constructor(
    @Inject(SilencesService) private readonly silences: SilencesService,
    @Inject(SilenceRepository) private readonly table: SilenceRepository,
    @Inject(Reader) private readonly reader: Reader,
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** By which reasons the policy lets the rule of a finding be silenced. */
  @Get('findings/:id/silence')
  @ApiOkResponse({ type: SilenceReasons })
  @ApiNotFoundResponse()
  async reasons(@Param('id') findingId: string): Promise<SilenceReasons> {
    const allowed = await this.silences.allowedFor(this.reader.manager, findingId);
    return { items: allowed.map(({ reason, longest_days: longestDays }) => ({ reason, longestDays })) };
  }

  /** The rule of a finding rings nobody for its person until the end of a day; what is graver than the finding does. */
  @Post('findings/:id/silence')
  @HttpCode(201)
  @ApiCreatedResponse({ type: SilenceShown })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'silenced already' })
  async set(
    @Param('id') findingId: string,
    @Body() { until, reason }: SilenceBody,
    @Req() { caller }: CallersRequest,
  ): Promise<SilenceShown> {
    const last = this.levels.endOf(until);
    const witness = this.audit.witness(caller, { action: 'silenced', detail: `until ${last.toISOString()}` });
    return shown(
      await this.silences.set(
        { findingId, reason: reason ?? null, until: last, actor: actorOf(caller) },
        witness,
      ),
    );
  }

  /** What is, and was, silenced for a person. */
  @Get('people/:id/silences')
  @Needs('read-person')
  @ApiOkResponse({ type: SilenceList })
  @ApiNotFoundResponse()
  async list(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<SilenceList> {
    const personId = await this.levels.personId(id);
    const found = await this.table.ofPeople(this.reader.manager, [personId]);
    const detail = `${found.length} silences`;
    await this.audit.record(caller, { action: 'read silences', personIds: [personId], detail });
    return { items: found.sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime()).map(shown) };
  }

  /** It rings again, if it is still true and still news. */
  @Post('people/:id/silences/:silence/end')
  @HttpCode(200)
  @ApiOkResponse({ type: SilenceList })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'it has ended already' })
  async end(
    @Param('id') id: string,
    @Param('silence') silence: string,
    @Req() request: CallersRequest,
  ): Promise<SilenceList> {
    const personId = await this.levels.personId(id);
    const witness = this.audit.witness(request.caller, { action: 'silence ended', detail: '' });
    await this.silences.end(personId, silence, actorOf(request.caller), witness);
    return this.list(personId, request);
  }
}

function shown(silence: Silence): SilenceShown {
  const { id, ruleId: rule, class: of, reason, madeBy: by, madeAt, until, endedAt, endedBecause } = silence;
  return {
    ...{ id, rule, class: of, reason, by, endedBecause },
    from: madeAt.toISOString(),
    until: until.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
