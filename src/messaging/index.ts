export {
  type Audience,
  AUDIENCES,
  type Channel,
  CHANNELS,
  type Draft,
  type Language,
  LANGUAGES,
} from './domain/message.js';
export { isLost, MESSAGE_STATES, type MessageState } from './domain/message-state.js';
export { ERROR_KINDS, type ErrorKind, NEXT_STEPS, type NextStep, nextStep } from './domain/next-step.js';
export { RECEIPT_STATUSES, type ReceiptStatus, type ReplyMeaning } from './domain/receipt.js';
export { CODE } from './domain/provider-words.js';
export { salutation } from './domain/template.js';
export { doubt, sign, TOLERANCE_SECONDS } from './domain/webhook-signature.js';
export { CHANNELS_OUT, channelsOut, type ChannelsOut } from './channels/channels-out.js';
export { LEASE_MS } from './claims.js';
export {
  type FamilyMessage,
  type MessageHook,
  MessageHooks,
  type MessageNews,
  type MessageSeen,
  type ReplyNews,
} from './message-hooks.js';
export { type Enqueued, MessagesService, SEALED_MESSAGES } from './messages.service.js';
export { MessagingModule, OutboxModule, SendingModule } from './messaging.module.js';
export { OptOutRepository } from './opt-out.repository.js';
export { MessageOptOutEntity, MessageReceiptEntity, OutboxEntity } from './outbox.entity.js';
export { OutboxRepository } from './outbox.repository.js';
export { type Receipt, Receipts, type ReceiptsTaken } from './receipts.service.js';
export { Sender } from './sender.js';
export { Templates } from './templates.js';
