import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  UsePipes,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  actorOf,
  AuditTrail,
  type Caller,
  type CallersRequest,
  Needs,
  rowsOfCaller,
} from '../access/index.js';
import { AppError } from '../kernel/index.js';
import {
  type Channel,
  CHANNELS,
  MessagesService,
  nextStep,
  OptOutRepository,
  type OutboxEntity,
  OutboxRepository,
} from '../messaging/index.js';
import { LevelsService } from './levels.service.js';
import { MessageCounts, MessagePage, MessageShown, MessagesQuery, OptOutList } from './messages.dto.js';
import { VALIDATE } from './validation.js';

/** What was sent, what was lost, and sending it again. Addresses and texts are not shown. */
@ApiTags('messages')
@ApiBearerAuth()
@Needs('read-messages')
@UsePipes(VALIDATE)
@Controller('api')
export class MessagesController {
  constructor(
    @Inject(OutboxRepository) private readonly outbox: OutboxRepository,
    @Inject(MessagesService) private readonly messages: MessagesService,
    @Inject(OptOutRepository) private readonly optOuts: OptOutRepository,
    @Inject(LevelsService) private readonly persons: LevelsService,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  /** Messages, newest first; `state=dead` and `state=failed` are the ones that somebody has to see to. */
  @Get('messages')
  @ApiOkResponse({ type: MessagePage })
  async list(@Query() query: MessagesQuery, @Req() { caller }: CallersRequest): Promise<MessagePage> {
    const { state, channel, person: personId, task: taskId, limit, after } = query;
    const wanted = { state, channel, personId, taskId, after };
    const known = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
    const found = await this.outbox.list({ ...known, limit: limit + 1, rows: rowsOfCaller(caller) });
    const items = found.slice(0, limit);
    const personIds = [...new Set(items.flatMap((item) => item.personId ?? []))];
    await this.audit.record(caller, { action: 'read messages', personIds, detail: `${items.length} shown` });
    return { items: items.map(shown), next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** How many messages there are, by channel and state. */
  @Get('messages/counts')
  @ApiOkResponse({ type: MessageCounts })
  async counts(@Req() { caller }: CallersRequest): Promise<MessageCounts> {
    return { items: await this.outbox.counts(rowsOfCaller(caller)) };
  }

  /** Sends a lost message again, as a new one. Asked twice, it is sent again once. */
  @Post('messages/:id/resend')
  @Needs('resend-messages')
  @ApiCreatedResponse({ type: MessageShown })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'it is not lost: it waits, was sent, or was rightly not sent' })
  async resend(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<MessageShown> {
    const subject = `message/${id}`;
    const witness = this.audit.witness(caller, { action: 'message sent again', subject, detail: '' });
    const { message } = await this.messages.resend(id, witness);
    return shown(message);
  }

  /** By which channels a person wants no messages, now and before. */
  @Get('people/:id/opt-outs')
  @Needs('set-opt-outs')
  @ApiOkResponse({ type: OptOutList })
  @ApiNotFoundResponse()
  async listOptOuts(@Param('id') id: string, @Req() { caller }: CallersRequest): Promise<OptOutList> {
    const personId = await this.persons.personId(id);
    const items = (await this.optOuts.ofPerson(personId)).map(({ channel, since, madeBy, endedAt }) => ({
      channel,
      since: since.toISOString(),
      madeBy,
      endedAt: endedAt?.toISOString() ?? null,
    }));
    const detail = `${items.length} shown`;
    await this.audit.record(caller, { action: 'read opt-outs', personIds: [personId], detail });
    return { items };
  }

  /** The person wants no messages by this channel. Class A goes out in any case. */
  @Put('people/:id/opt-outs/:channel')
  @Needs('set-opt-outs')
  @HttpCode(204)
  @ApiParam({ name: 'channel', enum: CHANNELS })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async optOut(
    @Param('id') id: string,
    @Param('channel') channel: string,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    await this.#setOptOut(id, channel, true, caller);
  }

  /** The person wants messages by this channel again. */
  @Delete('people/:id/opt-outs/:channel')
  @Needs('set-opt-outs')
  @HttpCode(204)
  @ApiParam({ name: 'channel', enum: CHANNELS })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  async optIn(
    @Param('id') id: string,
    @Param('channel') channel: string,
    @Req() { caller }: CallersRequest,
  ): Promise<void> {
    await this.#setOptOut(id, channel, false, caller);
  }

  async #setOptOut(id: string, text: string, isOut: boolean, caller: Caller): Promise<void> {
    const channel = CHANNELS.find((each) => each === text);
    if (!channel) throw new AppError('not-found', 'There is no such channel.');
    const personId = await this.persons.personId(id);
    const action = isOut ? 'messages refused' : 'messages wanted again';
    const witness = this.audit.witness(caller, { action, detail: channel satisfies Channel });
    await this.messages.setOptOut(personId, channel, isOut, actorOf(caller), witness);
  }
}

function shown(message: OutboxEntity): MessageShown {
  const { id, channel, template, templateRevision, language, audience, urgency, taskId, personId } = message;
  const { state, attempts, nextAt, errorKind, errorCode, resendOf, createdAt, sentAt } = message;
  const isOver = ['bounced', 'failed', 'dead', 'suppressed'].includes(state);
  return {
    ...{ id, channel, template, templateRevision, language, audience, class: urgency, taskId, personId },
    ...{ state, attempts, because: errorKind, code: errorCode, resendOf },
    nextStep: isOver ? nextStep(errorKind, audience) : null,
    nextAt: nextAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
  };
}
