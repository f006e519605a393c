import { type MessageNews, type MessageSeen } from './message-hooks.js';
import { isLost } from './domain/message-state.js';
import { nextStep } from './domain/next-step.js';
import { type OutboxEntity } from './outbox.entity.js';

export function seen(message: OutboxEntity): MessageSeen {
  const { id, messageKey: key, channel, audience, urgency, taskId, personId } = message;
  return { id, key, channel, audience, urgency, taskId, personId };
}

/** The news of a message that came to a state, with what somebody has to do now. */
export function newsOf(
  message: OutboxEntity,
  { state, because, at }: Pick<MessageNews, 'state' | 'because' | 'at'>,
): MessageNews {
  const step = isLost(state) || state === 'suppressed' ? nextStep(because, message.audience) : null;
  return { ...seen(message), state, because, nextStep: step, at };
}
