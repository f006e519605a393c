import { type Client } from './client.js';
import { type HabitName } from './laboratory-habit.js';
import { type Found } from './scenario.js';

/** One visit: who, when, what was found, and how the laboratory will write it. */
export interface Checkup {
  client: Client;
  /** Checkup number of the centre. */
  number: string;
  /** Instants: when the blood was drawn, and when the results were released. */
  drawnAt: number;
  issuedAt: number;
  habit: HabitName;
  found: Found;
  oddities: readonly Oddity[];
}

/** What real feeds also hold, for the data-quality queue. */
export type Oddity = 'unknown-item' | 'unknown-unit' | 'missing-unit';

export const SYSTEMS = {
  client: 'urn:sample:client',
  identity: 'urn:sample:resident-identity-number',
  checkup: 'urn:sample:checkup',
  employer: 'urn:sample:employer',
  result: 'urn:sample:result',
  report: 'urn:sample:report',
} as const;
