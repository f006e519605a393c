import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, StreamableFile, UsePipes } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import {
  AuditTrail,
  type Caller,
  type CallersRequest,
  Needs,
  refuseToReveal,
  rowsOfCaller,
} from '../access/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { csvLine } from '../reports/index.js';
import { COLUMNS } from './domain/register/register.js';
import { queueSheet, registerPage, SHEET_STYLE } from './domain/register/render-sheet.js';
import { LevelsService } from './levels.service.js';
import { RegisterPage, RegisterPeriod, RegisterQuery } from './register.dto.js';
import { type RegisterCursor, RegisterService } from './register.service.js';
import { VALIDATE } from './validation.js';

const PAGE = 200;
/** More lines than this are no sheet. */
const MOST_PRINTED = 2000;
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;
/** Nothing but this very style: the page asks nobody for anything and runs nothing. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(SHEET_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
const CURSOR = /^(\d{1,15})~([A-Za-z0-9-]{1,36})~([A-Za-z0-9-]{1,36})$/;

/** 登记本, and the open queue on paper. Who took which people out is recorded before it is shown. */
@ApiTags('register')
@ApiBearerAuth()
@Needs('read-register')
@UsePipes(VALIDATE)
@Controller('api')
export class RegisterController {
  constructor(
    @Inject(RegisterService) private readonly register: RegisterService,
    @Inject(LevelsService) private readonly levels: LevelsService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Findings that were put into calls in a period, page by page. */
  @Get('register')
  @ApiOkResponse({ type: RegisterPage })
  async list(@Query() query: RegisterQuery, @Req() { caller }: CallersRequest): Promise<RegisterPage> {
    const isRevealed = query.reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const after = query.after === undefined ? null : readCursor(query.after);
    const { lines, personIds, next } = await this.register.lines(
      this.#period(query),
      query.limit,
      after,
      isRevealed,
      rowsOfCaller(caller),
    );
    await this.#record(
      caller,
      personIds,
      `${lines.length} lines${isRevealed ? ', confidential results revealed' : ''}`,
    );
    return { items: lines, next: next && writeCursor(next) };
  }

  /** The same as a file for spreadsheets (UTF-8 with its mark, RFC 4180); confidential results hidden. */
  @Get('register/csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  csv(
    @Query() query: RegisterPeriod,
    @Req() { caller }: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile {
    const period = this.#period(query);
    void reply.header('content-disposition', `attachment; filename="register-${query.from}-${query.to}.csv"`);
    return new StreamableFile(Readable.from(this.#file(period, caller)), { type: 'text/csv; charset=utf-8' });
  }

  /** The same as a page to print. */
  @Get('register/print')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async print(
    @Query() query: RegisterPeriod,
    @Req() { caller }: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { lines, personIds, next } = await this.register.lines(
      this.#period(query),
      MOST_PRINTED,
      null,
      false,
      rowsOfCaller(caller),
    );
    if (next)
      throw new AppError(
        'invalid-request',
        `more than ${MOST_PRINTED} lines: a shorter period, or the file`,
        'to',
      );
    await this.#record(caller, personIds, `${lines.length} lines printed`);
    asPage(reply);
    const at = this.register.inWords(this.clock.now().toISOString());
    return registerPage(lines, { from: query.from, to: query.to, at }, this.register.inWords);
  }

  /** The open queue on paper, for when the system is down: phones in clear. */
  @Get('queue/sheet')
  @Needs('reveal-contacts')
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  async sheet(
    @Req() { caller }: CallersRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { tasks, personIds, isCut } = await this.register.sheet(rowsOfCaller(caller));
    const detail = `${tasks.length} tasks printed with phones${isCut ? ', not all' : ''}`;
    await this.audit.record(caller, { action: 'print queue', personIds, detail });
    asPage(reply);
    return queueSheet(tasks, this.register.inWords(this.clock.now().toISOString()));
  }

  async *#file(period: { since: Date; until: Date }, caller: Caller): AsyncGenerator<string> {
    yield `\uFEFF${csvLine(COLUMNS.map(({ heading }) => `${heading.zh} ${heading.en}`))}`;
    for (let after: RegisterCursor | null = null; ;) {
      const { lines, personIds, next } = await this.register.lines(
        period,
        PAGE,
        after,
        false,
        rowsOfCaller(caller),
      );
      if (lines.length > 0) await this.#record(caller, personIds, `${lines.length} lines as CSV`);
      yield lines.map((line) => csvLine(COLUMNS.map(({ of }) => of(line, this.register.inWords)))).join('');
      if (!next) return;
      after = next;
    }
  }

  #period({ from, to }: RegisterPeriod): { since: Date; until: Date } {
    const period = this.levels.period(from, to);
    if (period.until.getTime() - period.since.getTime() > LONGEST_DAYS * DAY_MS)
      throw new AppError('invalid-request', `at most ${LONGEST_DAYS} days`, 'to');
    return period;
  }

  async #record(caller: Caller, personIds: readonly string[], detail: string): Promise<void> {
    await this.audit.record(caller, { action: 'read register', personIds, detail });
  }
}

function asPage(reply: FastifyReply): void {
  void reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY);
  void reply.header('referrer-policy', 'no-referrer');
}

function writeCursor({ at, taskId, findingId }: RegisterCursor): string {
  return `${at.getTime()}~${taskId}~${findingId}`;
}

function readCursor(text: string): RegisterCursor {
  const [, at, taskId, findingId] = CURSOR.exec(text) ?? [];
  if (!at || !taskId || !findingId)
    throw new AppError('invalid-request', 'is not the `next` of a page', 'after');
  return { at: new Date(Number(at)), taskId, findingId };
}
