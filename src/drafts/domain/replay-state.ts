import { type PersonChanges, type Replay } from '../../replay/index.js';

export type ReplayState = 'running' | 'done' | 'failed';

/** Numbers of everybody, and the first of those who are touched. */
export interface ReplayResult extends Omit<Replay, 'perDay'> {
  touched: PersonChanges[];
}

/** So many people are kept by name: enough to look at each kind of change; the numbers are of all. */
export const MOST_TOUCHED = 200;

/** A replay that has said nothing for so long was cut off with its process. */
const SILENT_MS = 60_000;

export function isCutOff({ state, seenAt }: { state: ReplayState; seenAt: Date }, now: Date): boolean {
  return state === 'running' && now.getTime() - seenAt.getTime() > SILENT_MS;
}
