import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { actorOf, AuditTrail, type Caller, Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import {
  examplesOf,
  type FactWritten,
  type OverlayDifference,
  type Rule,
  ruleExcerpts,
  RuleSetRepository,
  RulesService,
} from '../rules/index.js';
import {
  ReloadShown,
  RuleDetail,
  type RuleShown,
  RulesShown,
  VersionList,
  VersionShown,
  VersionsQuery,
} from './rules.dto.js';
import { OverlayPage } from './rules-overlay.dto.js';
import { VALIDATE } from './validation.js';

const MOST_CHANGES = 100;

/** The rules in force, their reload, and every version that ever was. */
@ApiTags('rules')
@ApiBearerAuth()
@Needs('read-rules')
@UsePipes(VALIDATE)
@Controller('api/rules')
export class RulesController {
  constructor(
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(RuleSetRepository) private readonly sets: RuleSetRepository,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** The rules in force on this instance. */
  @Get()
  @ApiOkResponse({ type: RulesShown })
  inForce(): RulesShown {
    const { current, inForceSince, refusal, gone } = this.rules;
    return {
      version: current.version,
      inForceSince: inForceSince.toISOString(),
      refused: refusal && {
        since: refusal.at.toISOString(),
        faults: refusal.faults.map(({ code, message, path }) => ({ code, message, path: path ?? '' })),
      },
      gone: gone.map(({ rule, since, version }) => ({ rule, since: since.toISOString(), version })),
      rules: current.rules.map((rule) => shown(rule, current.overlay)),
    };
  }

  /** What this centre has otherwise than the shipped packs, side by side. */
  @Get('overlay')
  @ApiOkResponse({ type: OverlayPage })
  overlay(): OverlayPage {
    const { version, overlay } = this.rules.current;
    return {
      version,
      differences: overlay.map(({ file, line, ...rest }) => ({ ...rest, place: `${file}:${line}` })),
    };
  }

  /** Reads the files again and puts them in force, all or nothing. Without it, a change is noticed within seconds. */
  @Post('reload')
  @Needs('reload-rules')
  @HttpCode(200)
  @ApiOkResponse({ type: ReloadShown })
  @ApiUnprocessableEntityResponse({ description: 'refused, with every fault; the version in force stays' })
  @ApiServiceUnavailableResponse({ description: 'the files are being written at this moment: ask again' })
  async reload(@Req() { caller }: { caller: Caller }): Promise<ReloadShown> {
    const { version, before, added, changed, removed } = await this.rules.reload({
      cause: 'request',
      actor: actorOf(caller),
      witness: this.audit.witness(caller, { action: 'reload rules', detail: '' }),
    });
    return { version, before, added, changed, removed };
  }

  /** Every version that ever was in force. */
  @Get('versions')
  @ApiOkResponse({ type: VersionList })
  async versions(@Query() { limit }: VersionsQuery): Promise<VersionList> {
    const kept = await this.sets.versions(limit);
    return {
      items: kept.map(({ version, inForceSince }) => ({
        version,
        firstInForce: inForceSince.toISOString(),
        isInForce: version === this.rules.current.version,
      })),
    };
  }

  /** One rule in force: in words, as its file has it, with its examples. */
  @Get('rule/:pack/:rule')
  @ApiOkResponse({ type: RuleDetail })
  @ApiNotFoundResponse()
  async rule(@Param('pack') pack: string, @Param('rule') name: string): Promise<RuleDetail> {
    const { current } = this.rules;
    const rule = current.rules.find(({ id }) => id === `${pack}/${name}`);
    if (!rule) throw new AppError('not-found', 'There is no such rule in force.');
    const excerpts = ruleExcerpts((await this.sets.files(current.version)) ?? [], rule.id);
    const { owner, reviewBy, status, event } = rule;
    const named = (one: FactWritten) => ({ ...one, name: current.nameOf(one.fact) });
    return {
      ...shown(rule, current.overlay),
      ...{ version: current.version, owner, reviewBy, status },
      advice: event.advice,
      condition: current.inWords(rule),
      examples: examplesOf(excerpts).map(({ facts, earlier, ...rest }) => ({
        ...rest,
        facts: facts.map(named),
        earlier: earlier.map((day) => ({ days: day.days, facts: day.facts.map(named) })),
      })),
      files: excerpts,
    };
  }

  /** One version with its files, as they were when it came into force. */
  @Get('versions/:version')
  @ApiOkResponse({ type: VersionShown })
  @ApiNotFoundResponse()
  async version(@Param('version') version: string): Promise<VersionShown> {
    const files = await this.sets.files(version);
    if (!files) throw new AppError('not-found', 'No such version of the rules was ever in force.');
    const changes = await this.sets.changes(MOST_CHANGES, version);
    return {
      version,
      isInForce: version === this.rules.current.version,
      files,
      changes: changes.map(({ at, cause, instance, actor }) => ({
        at: at.toISOString(),
        cause,
        instance,
        actor,
      })),
    };
  }
}

function shown(rule: Rule, overlay: readonly OverlayDifference[]): RuleShown {
  const { id, pack, kind, title, source, population, event, review, file, line } = rule;
  return {
    id,
    pack,
    kind,
    title,
    source,
    population,
    event: event.type,
    class: event.class,
    review,
    place: `${file}:${line}`,
    overlay: overlay.find(({ about }) => about === id)?.what ?? null,
  };
}
