import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { actorOf, AuditTrail, type Caller, mayReveal, Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { type Act, CallsService, TaskWorkService } from '../tasks/index.js';
import { LoopShown } from './loop.dto.js';
import { TaskDetailService } from './task-detail.service.js';
import { TaskDetail } from './task.dto.js';
import { TaskHistoryService } from './task-history.service.js';
import {
  ActBody,
  CallBody,
  CallShown,
  ConfirmBody,
  HeardBody,
  IdentityShown,
  OnSiteBody,
  OutcomeBody,
  SnoozeBody,
  TaskHistory,
  ToBody,
  type Versioned,
} from './task-life.dto.js';
import { VALIDATE } from './validation.js';

interface CallersRequest {
  caller: Caller;
}

const CONFLICT = {
  description: 'not as it was read, or another’s: `now` says what is so now',
};
const LONGEST_KEY = 128;

/** What people do with a task, step by step. Who did what, when and why is kept with each step. */
@ApiTags('tasks')
@ApiBearerAuth()
@ApiNotFoundResponse()
@ApiConflictResponse(CONFLICT)
@ApiHeader({ name: 'If-Match', required: false, description: 'the version that was read, as `"3"`' })
@Needs('work-tasks')
@UsePipes(VALIDATE)
@Controller('api')
export class TaskLifeController {
  constructor(
    @Inject(TaskWorkService) private readonly work: TaskWorkService,
    @Inject(CallsService) private readonly calls: CallsService,
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(TaskHistoryService) private readonly history: TaskHistoryService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Whoever claims a task promises to phone. The claim ends by itself unless it is kept. */
  @Post('tasks/:id/claim')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  claim(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'claim', body, request, match);
  }

  /** The claim goes on. */
  @Post('tasks/:id/keep')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  keep(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'keep', body, request, match);
  }

  /** Free for others again. */
  @Post('tasks/:id/release')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  release(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'release', body, request, match);
  }

  /** Not before the time that was promised; due as before. */
  @Post('tasks/:id/snooze')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  snooze(
    @Param('id') id: string,
    @Body() body: SnoozeBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'snooze', body, request, match, { until: new Date(body.until) });
  }

  /** The head nurse gives it to somebody. */
  @Post('tasks/:id/reassign')
  @Needs('reassign-tasks')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  reassign(
    @Param('id') id: string,
    @Body() body: ToBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'reassign', body, request, match, { to: body.to });
  }

  /** Offered to somebody; theirs once they accept, mine until then. */
  @Post('tasks/:id/hand-over')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  handOver(
    @Param('id') id: string,
    @Body() body: ToBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'hand-over', body, request, match, { to: body.to });
  }

  /** Takes what was offered. */
  @Post('tasks/:id/accept')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  accept(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'accept', body, request, match);
  }

  /** Leaves what was offered where it is. */
  @Post('tasks/:id/decline')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  decline(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'decline', body, request, match);
  }

  /** Laboratory or doctor on the result and its specimen. The clock goes on. */
  @Post('tasks/:id/confirm')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  confirm(
    @Param('id') id: string,
    @Body() body: ConfirmBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    const { confirmation, specimen } = body;
    return this.#act(id, 'confirm', body, request, match, { confirmation, specimen });
  }

  /** The person is still at the centre, or has left. */
  @Post('tasks/:id/on-site')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  onSite(
    @Param('id') id: string,
    @Body() body: OnSiteBody,
    @Req() request: CallersRequest,
    @Headers('if-match') match?: string,
  ) {
    return this.#act(id, 'on-site', body, request, match, { isOnSite: body.isOnSite });
  }

  /** Marks what joined since the claim as read. */
  @Post('tasks/:id/read')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  async read(
    @Param('id') id: string,
    @Body() body: ActBody,
    @Req() { caller }: CallersRequest,
    @Headers('if-match') match?: string,
  ): Promise<TaskDetail> {
    await this.work.read(id, versionOf(body, match));
    return this.#shown(id, 'task read', caller);
  }

  /** Whether what was heard agrees with the record: before anything is said. */
  @Post('tasks/:id/identify')
  @HttpCode(200)
  @ApiOkResponse({ type: IdentityShown })
  async identify(
    @Param('id') id: string,
    @Body() body: HeardBody,
    @Req() { caller }: CallersRequest,
  ): Promise<IdentityShown> {
    const personId = await this.details.personOf(id);
    const found = await this.calls.identify(id, body);
    const detail = `task ${id}, ${found.isIdentified ? 'identified' : 'not identified'}`;
    await this.audit.record(caller, { action: 'identify', personIds: personId ? [personId] : [], detail });
    return found;
  }

  /** A call (or another way of telling) and what became of it. The same `Idempotency-Key` again is the same call. */
  @Post('tasks/:id/calls')
  @HttpCode(200)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: CallShown })
  async call(
    @Param('id') id: string,
    @Body() body: CallBody,
    @Req() { caller }: CallersRequest,
    @Headers('if-match') match?: string,
    @Headers('idempotency-key') key?: string,
  ): Promise<CallShown> {
    if (key !== undefined && (key.length < 1 || key.length > LONGEST_KEY))
      throw new AppError('invalid-request', `1 to ${LONGEST_KEY} characters`, 'Idempotency-Key');
    const { channel = 'phone', heard = {}, readBack = [], recheckAt, until, outcome } = body;
    const done = await this.calls.record({
      taskId: id,
      version: versionOf(body, match),
      actor: caller.id,
      by: actorOf(caller),
      seesSensitive: mayReveal(caller),
      requestKey: key ?? null,
      channel,
      number: body.number ?? null,
      outcome,
      answeredBy: body.answeredBy ?? null,
      relativeName: body.relativeName ?? null,
      heard,
      readBack,
      recheckAt: recheckAt === undefined ? null : new Date(recheckAt),
      until: until === undefined ? null : new Date(until),
      note: body.note ?? null,
    });
    const task = await this.#shown(id, `call ${done.outcome}`, caller);
    return { ...done, callAgainAt: done.callAgainAt?.toISOString() ?? null, task };
  }

  /** Every step of a task, and every call. */
  @Get('tasks/:id/history')
  @Needs('read-queue')
  @ApiOkResponse({ type: TaskHistory })
  async steps(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<TaskHistory> {
    const personId = await this.details.personOf(id);
    await this.audit.record(caller, {
      action: 'read task history',
      personIds: personId ? [personId] : [],
      detail: `task ${id}`,
    });
    return this.history.of(id);
  }

  /** What became of a finding after its person was told: closes the loop. */
  @Post('findings/:id/outcome')
  @HttpCode(200)
  @ApiOkResponse({ type: LoopShown })
  async outcome(
    @Param('id') findingId: string,
    @Body() body: OutcomeBody,
    @Req() { caller }: CallersRequest,
    @Headers('if-match') match?: string,
  ): Promise<LoopShown> {
    const { version: _version, outcome, ...words } = body;
    const { loop, personId } = await this.history.close({
      findingId, version: versionOf(body, match), outcome, words, isLost: outcome === 'lost', actor: actorOf(caller),
    }); // prettier-ignore
    await this.audit.record(caller, {
      action: 'loop closed',
      personIds: [personId],
      detail: `finding ${findingId}, ${outcome}`,
    });
    return loop;
  }

  async #act(
    taskId: string,
    action: Act['action'],
    body: ActBody,
    { caller }: CallersRequest,
    match: string | undefined,
    how: Partial<Act> = {},
  ): Promise<TaskDetail> {
    const version = versionOf(body, match);
    await this.work.act({
      ...how,
      taskId,
      version,
      action,
      actor: caller.id,
      by: actorOf(caller),
      reason: body.reason ?? null,
    });
    return this.#shown(taskId, action, caller);
  }

  async #shown(id: string, action: string, caller: Caller): Promise<TaskDetail> {
    const task = await this.details.task(id, false);
    const personIds = task.person ? [task.person.id] : [];
    await this.audit.record(caller, {
      action: `task ${action}`.slice(0, 32),
      personIds,
      detail: `task ${id} version ${task.version}`,
    });
    return task;
  }
}

/** The version of the body, or of `If-Match: "3"`. */
function versionOf({ version }: Versioned, match: string | undefined): number {
  const given = version ?? Number(/^(?:W\/)?"(\d{1,9})"$/.exec(match ?? '')?.[1]);
  if (!Number.isInteger(given))
    throw new AppError('invalid-request', 'say which version was read', 'version');
  return given;
}
