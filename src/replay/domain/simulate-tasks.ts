import { type Urgency, URGENCIES } from '../../policy/domain/policy.js';

/** A finding that asks for a task of one kind, at the moment at which its result was released. */
export interface Asking {
  at: Date;
  urgency: Urgency;
}

/** A finding that asked for a call while its rule was silenced for its person. */
export interface Silencing {
  from: Date;
  /** The first instant at which it does not count any more. */
  until: Date;
}

/**
 * When a finding rings that is made at `at`: then, or when the silence over it ends, whichever is later.
 * @returns null where the silence counts still
 */
export function ringsAt(at: Date, silences: readonly Silencing[], now: Date): Date | null {
  const over = silences.filter(({ from, until }) => from <= at && at < until);
  const rings = over.reduce((latest, { until }) => (until > latest ? until : latest), at);
  return rings > now && over.length > 0 ? null : rings;
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
