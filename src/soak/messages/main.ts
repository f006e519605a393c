import { Command } from 'commander';
import { serverOption } from '../../rig/index.js';
import { keepEvidence } from '../keep-evidence.js';
import { soakMessages } from './run.js';

/** `npm run soak:messages`: exit code 1 when a message was lost, doubled, or sent though it was undone. */
const options = new Command('soak:messages')
  .description(
    'Kills instances of the built service on one MySQL or MariaDB at random while results of class A go up their ladder and messages are sent by a gateway that fails in every way, and counts at the gateway.',
  )
  .addOption(serverOption())
  .option('--instances <n>', 'of the service', Number, 2)
  .option('--seconds <n>', 'for how long messages are written and instances killed', Number, 180)
  .option('--seed <text>', 'of messages, failures and kills', String(Date.now()))
  .parse()
  .opts<{ url: string; instances: number; seconds: number; seed: string }>();

await keepEvidence(
  (say, cleanup) => soakMessages({ ...options, server: options.url, say }, cleanup),
  (result) => {
    const { seed, instances } = options;
    return JSON.stringify({ seed, instances, ...result }, null, 2);
  },
);
