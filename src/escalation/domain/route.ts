import { type CareSetting as Setting } from '../../kernel/index.js';
import { type CareSetting, type RouteStep } from '../../policy/domain/calling.js';

/** A doctor who is told by a message. */
export interface MessageStep {
  /** Its place in the route. */
  step: number;
  to: 'attending-doctor' | 'duty-doctor';
}

/** The route of a care setting. An emergency is an outpatient's; where nobody says, somebody came for a checkup. */
export function routeName(setting: Setting | null): CareSetting {
  if (setting === null) return 'checkup';
  return setting === 'emergency' ? 'outpatient' : setting;
}

/** The first message of a route from a step on; what goes by phone is the queue's. Null when there is none left. */
export function nextMessage(route: readonly RouteStep[], from: number): MessageStep | null {
  for (const [step, { to, by }] of route.entries())
    if (step >= from && by === 'message' && (to === 'attending-doctor' || to === 'duty-doctor'))
      return { step, to };
  return null;
}
