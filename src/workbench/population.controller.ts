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
  type CrossedPopulation,
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
    enum: GROUPINGS,
    description: 'a second property: levels of every group of the first by it',
  })
  @IsOptional()
  @IsIn(GROUPINGS)
  across?: Grouping;

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
  @ApiProperty({ type: String, nullable: true, example: '40–49', description: 'by the second property' })
  across: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'null: not shown' })
  people: number | null;
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
  @ApiProperty({ enum: GROUPINGS, nullable: true })
  across: Grouping | null;
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
  @ApiProperty({ type: [FindingGroup], description: 'by one property alone' })
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

  /** By sex, age band, employer or year, or by any two of them. */
  @Get()
  @ApiOkResponse({ type: PopulationShown })
  async table(
    @Query() query: PopulationQuery,
    @Req() { caller }: { caller: Caller },
  ): Promise<PopulationShown> {
    return this.#asked(caller, query);
  }

  /** The same as CSV: a line a group and level, then a line a group and finding. */
  @Get('csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'CSV (RFC 4180, UTF-8)', schema: { type: 'string' } })
  async csv(
    @Query() query: PopulationQuery,
    @Req() { caller }: { caller: Caller },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const shown = await this.#asked(caller, query);
    const name = ['population', shown.by, shown.across, shown.year].filter((part) => part !== null).join('-');
    void reply.header('content-disposition', `attachment; filename="${name}.csv"`);
    return new StreamableFile(Readable.from(linesOf(shown)), { type: 'text/csv; charset=utf-8' });
  }

  async #asked(caller: Caller, { by, across, year }: PopulationQuery): Promise<PopulationShown> {
    const seen = rowsOfCaller(caller);
    const shown =
      across === undefined
        ? this.#single(await this.population.by(by, seen, year))
        : this.#crossed(await this.population.crossed(by, across, seen, year));
    const detail = `by ${by}${across === undefined ? '' : ` and ${across}`}, ${shown.year}`;
    await this.audit.record(caller, { action: 'read population', personIds: [], detail });
    return shown;
  }

  #single({ by, year, table }: Population): PopulationShown {
    const titles = new Map(this.rules.current.rules.map(({ id, title }) => [id, title]));
    const { findings, groups, ...rest } = table ?? NONE;
    return {
      ...{ by, across: null, year, smallestShown: SMALLEST_SHOWN, ...rest },
      groups: groups.map((one) => ({ ...one, across: null })),
      findings: findings.map((one) => ({ ...one, title: titles.get(one.rule) ?? null })),
    };
  }

  #crossed({ by, across, year, table }: CrossedPopulation): PopulationShown {
    const { people, totals } = table ?? NONE;
    return {
      ...NONE,
      by,
      across,
      year,
      smallestShown: SMALLEST_SHOWN,
      people,
      totals,
      groups: table?.cells ?? [],
    };
  }
}

const NONE = { people: null, groups: [], totals: {}, findings: [], findingsLeftOut: 0, groupsTogether: 0 };

/** In the place of what is not shown. */
const HIDDEN = '*';
/** Spreadsheets take a file for UTF-8 by it. */
const MARK = '\ufeff';

function* linesOf(shown: PopulationShown): Generator<string> {
  const { by, across, year, groups, totals, findings } = shown;
  const second = across === null ? [] : [across];
  yield MARK + csvLine(['year', by, ...second, 'kind', 'code', 'title_zh', 'title_en', 'people']);
  const isOfYears = by === 'year' || across === 'year';
  const line = (
    { group, across: column }: { group: string; across: string | null },
    kind: string,
    code: string,
    people: number | null,
    title?: BilingualDto | null,
  ): string =>
    csvLine([
      (by === 'year' && group) || (across === 'year' && column) || year,
      group,
      ...(across === null ? [] : [column]),
      kind,
      code,
      title?.zh ?? '',
      title?.en ?? '',
      people ?? HIDDEN,
    ]);
  const everybody = { group: '', across: across === null ? null : '' };
  for (const one of groups) {
    yield line(one, 'people', 'all', one.people);
    for (const code of LEVEL_CODES) yield line(one, 'level', code, one.levels[code] ?? null);
  }
  if (!isOfYears) for (const code of LEVEL_CODES) yield line(everybody, 'level', code, totals[code] ?? null);
  for (const { rule, title, people, byGroup } of findings) {
    for (const one of groups) yield line(one, 'finding', rule, byGroup[one.group] ?? null, title);
    if (!isOfYears) yield line(everybody, 'finding', rule, people, title);
  }
}
