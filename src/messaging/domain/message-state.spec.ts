import fc from 'fast-check';
import {
  after,
  isLost,
  isSettled,
  MESSAGE_EVENTS,
  MESSAGE_STATES,
  type MessageEvent,
  type MessageState,
} from './message-state.js';

/** The whole table, written out once more: what is not in it does not happen. */
const ALLOWED: Record<MessageState, Partial<Record<MessageEvent, MessageState>>> = {
  waiting: {
    ...{ claim: 'sending', postpone: 'waiting', suppress: 'suppressed' },
    ...{ exhaust: 'dead', deliver: 'delivered', bounce: 'bounced' },
  },
  sending: {
    ...{ claim: 'sending', postpone: 'waiting', suppress: 'suppressed', accept: 'sent', retry: 'waiting' },
    ...{ refuse: 'failed', exhaust: 'dead', deliver: 'delivered', bounce: 'bounced' },
  },
  sent: { deliver: 'delivered', bounce: 'bounced' },
  delivered: { deliver: 'delivered', bounce: 'bounced' },
  bounced: { deliver: 'delivered', bounce: 'bounced' },
  failed: { deliver: 'delivered', bounce: 'bounced' },
  dead: { deliver: 'delivered', bounce: 'bounced' },
  suppressed: {},
};

describe('the states of a message', () => {
  it.each(MESSAGE_STATES.flatMap((state) => MESSAGE_EVENTS.map((event) => [state, event] as const)))(
    'from %s by %s',
    (state, event) => {
      expect(after(state, event)).toBe(ALLOWED[state][event] ?? null);
    },
  );

  it('never lead from a settled message back to one that is sent again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MESSAGE_STATES),
        fc.array(fc.constantFrom(...MESSAGE_EVENTS), { maxLength: 20 }),
        (start, events) => {
          let state = start;
          for (const event of events) {
            const next = after(state, event);
            if (next === null) continue;
            if (isSettled(state)) expect(isSettled(next)).toBe(true);
            state = next;
          }
        },
      ),
    );
  });

  it('name what somebody has to see to', () => {
    expect(MESSAGE_STATES.filter(isLost)).toEqual(['bounced', 'failed', 'dead']);
  });
});
