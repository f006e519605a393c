import { userInfo } from 'node:os';
import { type INestApplicationContext } from '@nestjs/common';
import { type Actor, AuditTrail } from '../access/index.js';
import { type Witness } from '../database/index.js';

const LONGEST = 48;

/** Whoever is at the keyboard, by their account on this machine. */
export function commandActor(): Actor {
  return {
    kind: 'command',
    id:
      accountName()
        .replace(/[^\w.-]/g, '_')
        .slice(0, LONGEST) || 'unknown',
  };
}

/** Writes down a change that a command makes. */
export function witnessOf(service: INestApplicationContext, action: string, detail = ''): Witness {
  return service.get(AuditTrail).witness(commandActor(), { action, detail });
}

/** Writes down whom a command shows, before it does. */
export async function recordReading(
  service: INestApplicationContext,
  action: string,
  personId: string,
): Promise<void> {
  await service.get(AuditTrail).record(commandActor(), { action, personIds: [personId], detail: '' });
}

/** In a container the account may have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
