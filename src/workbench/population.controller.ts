import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, StreamableFile, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiProduces,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { AuditTrail, type Caller, Needs, rowsOfCaller } from '../access/index.js';
import {
  csvLine,
  type Grouping,
  GROUPINGS,
  LEVEL_CODES,
  type Population,
  PopulationService,
  SMALLEST_SHOWN,
} from '../reports/index.js';
import { RulesService } from '../rules/index.js';
import { BilingualDto } from './queue.dto.js';
import { VALIDATE } from './validation.js';

class PopulationQuery {
  @ApiProperty({ enum: GROUPINGS })
  @IsIn(GROUPINGS)
  by: Grouping;

  @ApiPropertyOptional({
    description: 'levels as known at its end, findings made in it; this year when left out',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2999)
  year?: number;
}

const COUNTS = {
  type: 'object',
  additionalProperties: { type: 'integer', nullable: true },
  description: 'null: not shown',
} as const;

class LevelGroup {
  @ApiProperty({ example: 'female', description: '`others`: groups that are too small, together' })
  group: string;
  @ApiProperty()
  people: number;
  @ApiProperty(COUNTS)
  levels: Record<string, number | null>;
}

class FindingGroup {
  @ApiProperty({ example: 'consensus-ab/hb-low' })
  rule: string;
  @ApiProperty({ type: BilingualDto, nullable: true })
  title: BilingualDto | null;
  @ApiProperty({ description: 'people who have it' })
  people: number;
  @ApiProperty(COUNTS)
  byGroup: Record<string, number | null>;
}

class PopulationShown {
  @ApiProperty({ enum: GROUPINGS })
  by: Grouping;
  @ApiProperty()
  year: number;
  @ApiProperty({ description: 'fewer people than this are not shown, nor what they could be computed from' })
  smallestShown: number;
  @ApiProperty({ type: Number, nullable: true, description: 'null where there are too few to show anything' })
  people: number | null;
  @ApiProperty({ type: [LevelGroup] })
  groups: LevelGroup[];
  @ApiProperty(COUNTS)
  totals: Record<string, number | null>;
  @ApiProperty({ type: [FindingGroup] })
  findings: FindingGroup[];
  @ApiProperty({ description: 'findings of too few people to be shown' })
  findingsLeftOut: number;
  @ApiProperty({ description: 'groups that went together as `others`' })
  groupsTogether: number;
}

/** Levels and findings of groups. Computed levels, not those that doctors set. */
@ApiTags('population')
@ApiBearerAuth()
@Needs('read-groups')
@UsePipes(VALIDATE)
@Controller('api/population')
export class PopulationController {
  constructor(
    @Inject(PopulationService) private readonly population: PopulationService,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** By sex, age band, employer or year. */
  @Get()
  @ApiOkResponse({ type: PopulationShown })
  async table(
    @Query() { by, year }: PopulationQuery,
    @Req() { caller }: { caller: Caller },
  ): Promise<PopulationShown> {
    return this.#shown(await this.#asked(caller, by, year));
  }

  /** The same as CSV: a line a group and level, then a line a group and finding. */
  @Get('csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'CSV (RFC 4180, UTF-8)', schema: { type: 'string' } })
  async csv(
    @Query() { by, year }: PopulationQuery,
    @Req() { caller }: { caller: Caller },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const shown = this.#shown(await this.#asked(caller, by, year));
    void reply.header('content-disposition', `attachment; filename="population-${by}-${shown.year}.csv"`);
    return new StreamableFile(Readable.from(linesOf(shown)), { type: 'text/csv; charset=utf-8' });
  }

  async #asked(caller: Caller, by: Grouping, year?: number): Promise<Population> {
    const population = await this.population.by(by, rowsOfCaller(caller), year);
    const detail = `by ${by}, ${population.year}`;
    await this.audit.record(caller, { action: 'read population', personIds: [], detail });
    return population;
  }

  #shown({ by, year, table }: Population): PopulationShown {
    const titles = new Map(this.rules.current.rules.map(({ id, title }) => [id, title]));
    const none = {
      people: null,
      groups: [],
      totals: {},
      findings: [],
      findingsLeftOut: 0,
      groupsTogether: 0,
    };
    const { findings, ...rest } = table ?? none;
    return {
      by,
      year,
      smallestShown: SMALLEST_SHOWN,
      ...rest,
      findings: findings.map((one) => ({ ...one, title: titles.get(one.rule) ?? null })),
    };
  }
}

/** In the place of what is not shown. */
const HIDDEN = '*';
/** Spreadsheets take a file for UTF-8 by it. */
const MARK = '\ufeff';

function* linesOf({ by, year, groups, totals, findings }: PopulationShown): Generator<string> {
  yield MARK + csvLine(['year', by, 'kind', 'code', 'title_zh', 'title_en', 'people']);
  const line = (
    group: string,
    kind: string,
    code: string,
    people: number | null,
    title?: BilingualDto | null,
  ): string =>
    csvLine([
      by === 'year' && group !== '' ? group : year,
      group,
      kind,
      code,
      title?.zh ?? '',
      title?.en ?? '',
      people ?? HIDDEN,
    ]);
  for (const { group, people, levels } of groups) {
    yield line(group, 'people', 'all', people);
    for (const code of LEVEL_CODES) yield line(group, 'level', code, levels[code] ?? null);
  }
  if (by !== 'year') for (const code of LEVEL_CODES) yield line('', 'level', code, totals[code] ?? null);
  for (const { rule, title, people, byGroup } of findings) {
    for (const { group } of groups) yield line(group, 'finding', rule, byGroup[group] ?? null, title);
    if (by !== 'year') yield line('', 'finding', rule, people, title);
  }
}
