/**
 * Where a message stands. `sent`: the channel has taken it; only a receipt makes it `delivered`. `failed`: refused for
 * good; `dead`: tried as often as the policy says; `suppressed`: rightly not sent.
 */
export const MESSAGE_STATES = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'dead',
  'suppressed',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

export const MESSAGE_EVENTS = [
  'claim',
  'postpone',
  'suppress',
  'accept',
  'retry',
  'refuse',
  'exhaust',
  'deliver',
  'bounce',
] as const;
export type MessageEvent = (typeof MESSAGE_EVENTS)[number];

/**
 * What may follow what. A receipt tells the truth of an attempt that was given up as lost too: a gateway may have taken
 * the message and never have answered. `sending` is claimed again only after its lease.
 */
const TRANSITIONS: Readonly<Record<MessageState, Partial<Record<MessageEvent, MessageState>>>> = {
  waiting: {
    claim: 'sending',
    postpone: 'waiting',
    suppress: 'suppressed',
    exhaust: 'dead',
    deliver: 'delivered',
    bounce: 'bounced',
  },
  sending: {
    claim: 'sending',
    postpone: 'waiting',
    suppress: 'suppressed',
    accept: 'sent',
    retry: 'waiting',
    refuse: 'failed',
    exhaust: 'dead',
    deliver: 'delivered',
    bounce: 'bounced',
  },
  sent: { deliver: 'delivered', bounce: 'bounced' },
  delivered: { deliver: 'delivered', bounce: 'bounced' },
  bounced: { deliver: 'delivered', bounce: 'bounced' },
  failed: { deliver: 'delivered', bounce: 'bounced' },
  dead: { deliver: 'delivered', bounce: 'bounced' },
  suppressed: {},
};

/** The state after an event; null when it cannot happen there and changes nothing. */
export function after(state: MessageState, event: MessageEvent): MessageState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** Nothing will be sent any more by itself. */
export function isSettled(state: MessageState): boolean {
  return state !== 'waiting' && state !== 'sending';
}

/** It did not arrive, and somebody has to do something about it. */
export function isLost(state: MessageState): boolean {
  return state === 'bounced' || state === 'failed' || state === 'dead';
}
