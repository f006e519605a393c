import { type Gateway } from './gateway.js';
import { STAFF } from './results.js';
import { type AskedStep } from './writer.js';

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
