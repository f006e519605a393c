import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, UsePipes } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import {
  actorOf,
  AuditTrail,
  type Caller,
  type CallersRequest,
  Needs,
  refuseToReveal,
  rowsOfCaller,
} from '../access/index.js';
import { AppError } from '../kernel/index.js';
import { PeopleFound, type PersonCondition } from '../people/index.js';
import { type TaskCode, TasksService } from '../tasks/index.js';
import { readQueueCursor } from './domain/queue-cursor.js';
import { QueuePage, QueueQuery, QueueSearch, RevealQuery } from './queue.dto.js';
import { QueueService } from './queue.service.js';
import { TaskDetailService } from './task-detail.service.js';
import { CloseTask, TaskDetail } from './task.dto.js';
import { VALIDATE } from './validation.js';

const TELLING: readonly TaskCode[] = ['notify', 'correction'];
const DECIDING: readonly TaskCode[] = ['review'];

/** The notification queue. Who looked at whom is recorded before it is shown. */
@ApiTags('queue')
@ApiBearerAuth()
@Needs('read-queue')
@UsePipes(VALIDATE)
@Controller('api')
export class QueueController {
  constructor(
    @Inject(QueueService) private readonly queue: QueueService,
    @Inject(TaskDetailService) private readonly details: TaskDetailService,
    @Inject(TasksService) private readonly tasks: TasksService,
    @Inject(PeopleFound) private readonly people: PeopleFound,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Open tasks, gravest and most urgent first. */
  @Get('queue')
  @ApiOkResponse({ type: QueuePage })
  list(@Query() query: QueueQuery, @Req() { caller }: CallersRequest): Promise<QueuePage> {
    return this.#page(query, caller);
  }

  /** Those of them that are about whom somebody looks for, or the one that a message names by its reference. */
  @Post('queue/search')
  @HttpCode(200)
  @ApiOkResponse({ type: QueuePage })
  search(@Body() { q, ...query }: QueueSearch, @Req() { caller }: CallersRequest): Promise<QueuePage> {
    return this.#page(query, caller, withReference(q, this.people.condition(q)));
  }

  /** One task with its findings and their evidence. */
  @Get('tasks/:id')
  @ApiOkResponse({ type: TaskDetail })
  @ApiNotFoundResponse()
  async task(
    @Param('id') id: string,
    @Query() { reveal }: RevealQuery,
    @Req() { caller }: CallersRequest,
  ): Promise<TaskDetail> {
    const isRevealed = reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const task = await this.details.task(id, isRevealed, rowsOfCaller(caller));
    const detail = isRevealed ? 'confidential results revealed' : '';
    const subject = `task/${task.id}`;
    await this.audit.record(caller, { action: 'read task', personIds: idsOf(task), subject, detail });
    return task;
  }

  /** The person was told: a call, or a correction of what was told before. */
  @Post('tasks/:id/told')
  @Needs('close-unasked')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'closed already, changed since it was read, or a review' })
  told(
    @Param('id') id: string,
    @Body() body: CloseTask,
    @Req() { caller }: CallersRequest,
  ): Promise<TaskDetail> {
    return this.#close(id, body, caller, TELLING);
  }

  /** The doctor has decided a review. */
  @Post('tasks/:id/decided')
  @Needs('decide-reviews')
  @HttpCode(200)
  @ApiOkResponse({ type: TaskDetail })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'closed already, changed since it was read, or not a review' })
  decided(
    @Param('id') id: string,
    @Body() body: CloseTask,
    @Req() { caller }: CallersRequest,
  ): Promise<TaskDetail> {
    return this.#close(id, body, caller, DECIDING);
  }

  async #page(
    query: QueueQuery,
    caller: Caller,
    person?: ReturnType<PeopleFound['condition']>,
  ): Promise<QueuePage> {
    const after = query.after === undefined ? undefined : readQueueCursor(query.after);
    if (after === null) throw new AppError('invalid-request', 'is not the `next` of a page', 'after');
    const isRevealed = query.reveal === 'true';
    refuseToReveal(isRevealed, caller);
    const { class: urgency, code, state, limit } = query;
    const owner = query.owner === 'me' ? caller.id : query.owner;
    const rows = rowsOfCaller(caller);
    const filter = { urgency, code, state, owner, person, limit, after, rows };
    const page = await this.queue.page(filter, isRevealed);
    const personIds = [...new Set(page.items.flatMap(({ person }) => person?.id ?? []))];
    const detail = `${page.items.length} tasks shown${isRevealed ? ', confidential results revealed' : ''}`;
    await this.audit.record(caller, { action: 'read queue', personIds, detail });
    return page;
  }

  async #close(id: string, body: CloseTask, caller: Caller, codes: readonly TaskCode[]): Promise<TaskDetail> {
    const code = await this.details.codeOf(id);
    if (!codes.includes(code)) {
      throw new AppError(
        'conflict',
        `This is a ${code} task: ${code === 'review' ? 'a doctor decides it' : 'the person is told'}.`,
      );
    }
    const { version, note } = body;
    const action = code === 'review' ? 'decided' : 'told';
    const witness = this.audit.witness(caller, {
      action,
      subject: `task/${id}`,
      detail: `version ${version}`,
    });
    const telling = { taskId: id, version, actor: caller.id, by: actorOf(caller), note: note ?? null };
    await this.tasks.tell({ ...telling, witness });
    return this.details.task(id, false, rowsOfCaller(caller));
  }
}

function idsOf({ person }: TaskDetail): string[] {
  return person ? [person.id] : [];
}

/** As messages name a task: the end of its id. */
const REFERENCE = /^[0-9a-f]{8}$/i;

/** Eight hex digits may be a task's reference as well as letters of a name: both are found. */
function withReference(typed: string, { sql, values }: PersonCondition): PersonCondition {
  const text = typed.trim().toLowerCase();
  return REFERENCE.test(text)
    ? { sql: `(t.id LIKE ? OR ${sql})`, values: [`%${text}`, ...values] }
    : { sql, values };
}
