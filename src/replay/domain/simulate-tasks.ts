import { type Urgency, URGENCIES } from '../../policy/domain/policy.js';

/** A finding that asks for a task of one kind, at the moment at which its result was released. */
export interface Asking {
  at: Date;
  urgency: Urgency;
}

/** By when it must be done, of a finding made at `from`. */
export type DueTime = (urgency: Urgency, from: Date) => Date;

/**
 * When tasks of one person would have opened, had every result come live at its own time: what comes before the open
 * one is due joins it, and hastens it when it is graver; it is done when it is due.
 */
export function simulateTasks(asking: readonly Asking[], dueTime: DueTime): Date[] {
  const opened: Date[] = [];
  let due: Date | null = null;
  const inOrder = [...asking].sort((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
  for (const { at, urgency } of inOrder) {
    const own = dueTime(urgency, at);
    if (due !== null && at <= due) {
      if (own < due) due = own;
      continue;
    }
    opened.push(at);
    due = own;
  }
  return opened;
}

function rank({ urgency }: Asking): number {
  return URGENCIES.indexOf(urgency);
}
