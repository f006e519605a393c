import { Inject, Injectable, Module } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { type Config, CONFIG } from '../config/index.js';
import { Clock } from '../kernel/index.js';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { CHANNELS_OUT, channelsOut } from './channels/channels-out.js';
import { Claims } from './claims.js';
import { MessageHooks } from './message-hooks.js';
import { MessagesService } from './messages.service.js';
import { OptOutRepository } from './opt-out.repository.js';
import { OutboxRepository } from './outbox.repository.js';
import { Receipts } from './receipts.service.js';
import { Sender } from './sender.js';
import { Templates } from './templates.js';

const LOOK_EVERY_MS = 1000;

/** The outbox alone, for rooms that take messages back. */
@Module({ providers: [OutboxRepository], exports: [OutboxRepository] })
export class OutboxModule {}

/** Messages that leave: the outbox, its channels, and what comes back. It sends nothing by itself. */
@Module({
  imports: [OutboxModule, PeopleModule, RulesModule],
  providers: [
    Claims,
    MessageHooks,
    MessagesService,
    OptOutRepository,
    Receipts,
    Sender,
    Templates,
    {
      provide: CHANNELS_OUT,
      inject: [CONFIG, Clock],
      useFactory: (config: Config, clock: Clock) => channelsOut(config, clock),
    },
  ],
  exports: [MessageHooks, MessagesService, OptOutRepository, OutboxModule, Receipts, Sender, Templates],
})
export class MessagingModule {}

@Injectable()
class SendingWatch {
  constructor(@Inject(Sender) private readonly sender: Sender) {}

  @Interval(LOOK_EVERY_MS)
  look(): Promise<void> {
    return this.sender.begin();
  }
}

/** A running service sends what is due. */
@Module({ imports: [MessagingModule], providers: [SendingWatch] })
export class SendingModule {}
