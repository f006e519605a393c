import { type Gateway } from './gateway.js';
import { STAFF, stepAt } from './results.js';
import { type AskedStep, type OpenCall } from './writer.js';

/**
 * What is wrong with how people were asked: each open call must have been asked of each role once, in order, and each of
 * them must have had one message of it, counted where they were received.
 * @param tasks ids of all calls
 */
export function wrongEscalations(
  tasks: readonly string[],
  steps: readonly AskedStep[],
  gateway: Pick<Gateway, 'received'>,
): string[] {
  const wrong: string[] = [];
  const roles = STAFF.map(({ role }) => role).join(' ');
  for (const id of tasks) {
    const asked = steps.filter(({ taskId }) => taskId === id).map(({ role }) => role);
    if (asked.join(' ') !== roles) wrong.push(`task ${id} was asked of ${asked.join(' ') || 'nobody'}`);
    for (const { role, sms } of STAFF) {
      const times = gateway.received.get(`${sms} ${id.slice(-8)}`) ?? 0;
      if (times !== 1) wrong.push(`task ${id}: ${role} received ${times} messages`);
    }
  }
  return wrong;
}

/** How many steps are due and have not been asked. */
export function stepsDue(tasks: readonly OpenCall[], steps: readonly AskedStep[], now: Date): number {
  const due = tasks.flatMap(({ since }) => STAFF.filter((_, step) => stepAt(since, step) <= now));
  const asked = steps.filter(({ role, at }) => at <= now && STAFF.some((one) => one.role === role));
  return Math.max(0, due.length - asked.length);
}

/** The longest that any step was asked after its time, in milliseconds. */
export function latestStep(tasks: readonly OpenCall[], steps: readonly AskedStep[]): number {
  const since = new Map(tasks.map((task) => [task.id, task.since]));
  return steps.reduce((latest, { taskId, role, at }) => {
    const from = since.get(taskId);
    const step = STAFF.findIndex((one) => one.role === role);
    return from && step >= 0 ? Math.max(latest, at.getTime() - stepAt(from, step).getTime()) : latest;
  }, 0);
}
