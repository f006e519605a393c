import { writeSync } from 'node:fs';
import { Command } from 'commander';
import { Cleanup } from '../../rig/index.js';
import { soakMessages } from './run.js';

/** `npm run soak:messages`: exit code 1 when a message was lost, doubled, or sent though it was undone. */
const options = new Command('soak:messages')
  .description(
    'Kills instances of the built service on one MySQL or MariaDB at random while messages are sent by a gateway that fails in every way, and counts at the gateway.',
  )
  .option(
    '--url <mysql-url>',
    'MySQL or MariaDB server',
    process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306',
  )
  .option('--instances <n>', 'of the service', Number, 2)
  .option('--seconds <n>', 'for how long messages are written and instances killed', Number, 180)
  .option('--seed <text>', 'of messages, failures and kills', String(Date.now()))
  .parse()
  .opts<{ url: string; instances: number; seconds: number; seed: string }>();
const cleanup = new Cleanup().onInterrupt();
const begun = performance.now();
const say = (text: string): void => {
  const seconds = Math.round((performance.now() - begun) / 1000);
  writeSync(2, `${String(seconds).padStart(4)} s  ${text} …\n`);
};

let isWell = false;
try {
  const result = await soakMessages({ ...options, server: options.url, say }, cleanup);
  console.log(JSON.stringify({ seed: options.seed, instances: options.instances, ...result }, null, 2));
  isWell = result.faults.length === 0;
} finally {
  const kept = await cleanup.run({ keepsEvidence: !isWell });
  if (kept.length > 0) console.error(`logs and database are kept in ${kept.join(', ')}`);
  process.exitCode = isWell ? 0 : 1;
}
