import { Body, Get, Headers, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse } from '@nestjs/swagger';
import { actorOf, AuditTrail, type CallersRequest, mayReveal, Needs } from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { CallsService } from '../tasks/index.js';
import { LoopShown } from './loop.dto.js';
import { TaskAnswers } from './task-answers.js';
import { TaskDetailService } from './task-detail.service.js';
import { CallBody, CallShown, HeardBody, IdentityShown, OutcomeBody } from './task-life.dto.js';
import { TaskHistory } from './task-history.dto.js';
import { TaskHistoryService } from './task-history.service.js';
import { TaskRoutes, versionOf } from './task-routes.js';

const LONGEST_KEY = 128;

/** Calls, what was said in them, and what became of it. */
@TaskRoutes()
export class CallsController {
  constructor(
    @Inject(CallsService) private readonly calls: CallsService,
    @Inject(TaskAnswers) private readonly answers: TaskAnswers,
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(TaskHistoryService) private readonly history: TaskHistoryService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

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
    await this.audit.record(caller, {
      action: 'identify',
      personIds: personId ? [personId] : [],
      subject: `task/${id}`,
      detail: found.isIdentified ? 'identified' : 'not identified',
    });
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
      witness: this.answers.witness(id, 'call', caller),
    });
    const task = await this.answers.shown(id, caller);
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
      subject: `task/${id}`,
      detail: '',
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
    const closed = { findingId, version: versionOf(body, match), outcome, words };
    const subject = `finding/${findingId}`;
    const witness = this.audit.witness(caller, { action: 'loop closed', subject, detail: outcome });
    return this.history.close({ ...closed, isLost: outcome === 'lost', actor: actorOf(caller) }, witness);
  }
}
