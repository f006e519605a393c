import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiHeader,
  ApiOkResponse,
  ApiParam,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { Open } from '../access/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { doubt, Receipts } from '../messaging/index.js';
import { ReceiptsAnswer, ReceiptsSent } from './messages.dto.js';
import { VALIDATE } from './validation.js';

const CHANNELS = ['email', 'sms', 'webhook'] as const;
type Reporting = (typeof CHANNELS)[number];

/** A hundred of the longest answers. */
const MOST_BYTES = 256 * 1024;

const DOUBTS = {
  unsigned: 'Sign the request: webhook-id, webhook-timestamp, webhook-signature.',
  old: 'webhook-timestamp is more than five minutes away.',
  wrong: 'webhook-signature does not fit.',
};

/** Where gateways report what became of messages, and pass answers on. A signature stands in the place of a key. */
@ApiTags('messages')
@Controller('api/messages/receipts')
export class MessageReceiptsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Receipts) private readonly receipts: Receipts,
  ) {}

  /** Takes receipts and replies, all of a request or none; the same ones again change nothing. */
  @Post(':channel')
  @HttpCode(200)
  @Open()
  @RouteConfig({ openBodyBytes: MOST_BYTES })
  @ApiBody({ type: ReceiptsSent })
  @ApiParam({ name: 'channel', enum: CHANNELS })
  @ApiHeader({ name: 'webhook-id', description: 'any id of the request' })
  @ApiHeader({ name: 'webhook-timestamp', description: 'Unix time in seconds' })
  @ApiHeader({
    name: 'webhook-signature',
    description: '`v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`: Standard Webhooks',
  })
  @ApiOkResponse({ type: ReceiptsAnswer })
  @ApiBadRequestResponse()
  @ApiUnauthorizedResponse()
  async take(
    @Param('channel') channel: string,
    @Headers() headers: Record<string, string | undefined>,
    @Req() { rawBody }: { rawBody?: Buffer },
    @Body() body: unknown,
  ): Promise<ReceiptsAnswer> {
    const by = CHANNELS.find((each) => each === channel);
    if (!by) throw new AppError('not-found', 'There is no such channel.');
    this.#believe(by, headers, rawBody ?? '');
    const sent: unknown = await VALIDATE.transform(body ?? {}, { type: 'body', metatype: ReceiptsSent });
    const { receipts } = sent as ReceiptsSent;
    const now = this.clock.now();
    const taken = receipts.map(({ at, ...said }) => {
      const told = new Date(at);
      if (Number.isNaN(told.getTime())) throw new AppError('invalid-request', 'is no instant', 'receipts.at');
      // A provider's clock that runs ahead must not outweigh what it will say later.
      return { ...said, at: told < now ? told : now };
    });
    return this.receipts.take(by, taken);
  }

  /** @throws AppError `unauthenticated` */
  #believe(channel: Reporting, headers: Record<string, string | undefined>, body: string | Buffer): void {
    const secret = this.config.messaging.receiptSecrets[channel];
    if (!secret) throw new AppError('unauthenticated', `No receipts of ${channel} are expected here.`);
    const why = doubt(headers, body, secret, this.clock.now());
    if (why !== null) throw new AppError('unauthenticated', DOUBTS[why]);
  }
}
