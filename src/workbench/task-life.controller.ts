import { Body, Headers, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { actorOf, type CallersRequest, Needs } from '../access/index.js';
import { type Act, TaskWorkService } from '../tasks/index.js';
import { Successors } from './successors.js';
import { TaskAnswers } from './task-answers.js';
import { TaskDetail } from './task.dto.js';
import { ActBody, ConfirmBody, OnSiteBody, SnoozeBody, ToBody } from './task-life.dto.js';
import { TaskRoutes, versionOf } from './task-routes.js';

/** What people do with a task, step by step. Who did what, when and why is kept with each step. */
@TaskRoutes()
export class TaskLifeController {
  constructor(
    @Inject(TaskWorkService) private readonly work: TaskWorkService,
    @Inject(TaskAnswers) private readonly answers: TaskAnswers,
    @Inject(Successors) private readonly successors: Successors,
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
    return this.#give(id, 'reassign', body, request, match);
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
    return this.#give(id, 'hand-over', body, request, match);
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
    await this.work.read(id, versionOf(body, match), this.answers.witness(id, 'read', caller));
    return this.answers.shown(id, caller);
  }

  async #give(
    id: string,
    action: 'reassign' | 'hand-over',
    body: ToBody,
    request: CallersRequest,
    match: string | undefined,
  ): Promise<TaskDetail> {
    await this.successors.refuseOthers(id, body.to);
    return this.#act(id, action, body, request, match, { to: body.to });
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
      witness: this.answers.witness(taskId, action, caller),
    });
    return this.answers.shown(taskId, caller);
  }
}
