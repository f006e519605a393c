import { type Action } from './task-life.js';

/** Acts by which whoever had a task gives it up. */
export const GIVES_UP: ReadonlySet<string> = new Set<Action>([
  'release', 'snooze', 'reassign', 'expire', 'attempt',
]); // prettier-ignore
/** Acts by which somebody takes it. */
export const TAKES: ReadonlySet<string> = new Set<Action>(['claim', 'accept']);
/** Acts after which the ladder stands where its clock says. */
const GOES_ON: ReadonlySet<string> = new Set(['opened', 'followed', 'escalated']);

/** A step of a task’s history, as far as it decides whether its ladder rests. */
export interface Happened {
  action: string;
  /** `user:ID`, `key:ID`, `clock` … */
  actor: string;
  isReached: boolean;
  /** Accounts that messages of this act went to. */
  sentTo: readonly string[];
}

/** Whether somebody who was asked has taken it on, or confirmed that they have heard, and has not given it up since. */
export function restsOn(history: readonly Happened[]): boolean {
  for (let i = history.length - 1; i >= 0; i--) {
    const { action, actor, isReached } = history[i]!;
    if (action === 'heard') return true;
    if (TAKES.has(action)) {
      const [, id = ''] = /^\w+:(.+)$/.exec(actor) ?? [];
      if (history.slice(0, i).some(({ sentTo }) => sentTo.includes(id))) return true;
    }
    if (GOES_ON.has(action) || (GIVES_UP.has(action) && !isReached)) return false;
  }
  return false;
}
