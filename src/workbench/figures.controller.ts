import { Controller, Get, Inject, Query, Req, Res, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { AuditTrail, type Caller, type CallersRequest, Needs, rowsOfCaller } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { type CallFigures, csvLine, FiguresService, type Spread } from '../reports/index.js';
import { FiguresShown } from './figures.dto.js';
import { LevelsService } from './levels.service.js';
import { RegisterPeriod } from './register.dto.js';
import { VALIDATE } from './validation.js';

const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;
const MINUTE = 60;

/** 统计: how calls went in a period, counted by the database; nobody is named. */
@ApiTags('register')
@ApiBearerAuth()
@Needs('read-register')
@UsePipes(VALIDATE)
@Controller('api/figures')
export class FiguresController {
  constructor(
    @Inject(FiguresService) private readonly figures: FiguresService,
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** By class: how many, how fast, what became of it; calls by hour; what became of each rule’s findings. */
  @Get()
  @ApiOkResponse({ type: FiguresShown })
  async shown(@Query() query: RegisterPeriod, @Req() { caller }: CallersRequest): Promise<FiguresShown> {
    return { from: query.from, to: query.to, ...(await this.#of(query, caller)) };
  }

  /** The same as a file for spreadsheets (UTF-8 with its mark): one figure a line; times in minutes. */
  @Get('csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Query() query: RegisterPeriod,
    @Req() { caller }: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const figures = await this.#of(query, caller);
    void reply.header('content-type', 'text/csv; charset=utf-8');
    void reply.header('content-disposition', `attachment; filename="figures-${query.from}-${query.to}.csv"`);
    return `\uFEFF${csvLine(['项目 of', '数字 figure', '值 value'])}${linesOf(figures).map(csvLine).join('')}`;
  }

  async #of({ from, to }: RegisterPeriod, caller: Caller): Promise<CallFigures> {
    const period = this.levels.period(from, to);
    if (period.until.getTime() - period.since.getTime() > LONGEST_DAYS * DAY_MS)
      throw new AppError('invalid-request', `at most ${LONGEST_DAYS} days`, 'to');
    const figures = await this.figures.of(period, rowsOfCaller(caller));
    await this.audit.record(caller, { action: 'read figures', personIds: [], detail: `${from} to ${to}` });
    return figures;
  }
}

function linesOf({ classes, hours, rules }: CallFigures): string[][] {
  const line = (of: string, figure: string, value: number | null): string[] => [
    of,
    figure,
    value === null ? '' : String(value),
  ];
  const minutes = (of: string, figure: string, { count, median, p90, longest }: Spread): string[][] => [
    line(of, `${figure} n`, count),
    ...Object.entries({ median, p90, longest }).map(([name, seconds]) =>
      line(of, `${figure} ${name} min`, seconds === null ? null : Math.round(seconds / MINUTE)),
    ),
  ];
  return [
    ...classes.flatMap(({ class: of, toClaim, toTell, toClose, ...counts }) => [
      ...Object.entries(counts).map(([name, count]) => line(of, name, count)),
      ...minutes(of, 'to-claim', toClaim),
      ...minutes(of, 'to-tell', toTell),
      ...minutes(of, 'to-close', toClose),
    ]),
    ...hours.flatMap(({ hour, calls, reached }) => [
      line(`${hour}:00`, 'calls', calls),
      line(`${hour}:00`, 'reached', reached),
    ]),
    ...rules.flatMap(({ rule, told, confirmed, refuted }) => [
      line(rule ?? '保密 confidential', 'told', told),
      line(rule ?? '保密 confidential', 'confirmed', confirmed),
      line(rule ?? '保密 confidential', 'refuted', refuted),
    ]),
  ];
}
