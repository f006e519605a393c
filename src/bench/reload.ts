import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import {
  Cleanup,
  databaseOption,
  FhirClient,
  freshDatabase,
  isAccepted,
  serverOption,
  ServiceProcess,
} from '../rig/index.js';
import { Bodies } from './bodies.js';

/**
 * `npm run bench:reload -- --times N --db sqlite|mysql`: saves a broken rule file over a service in the middle of traffic, then
 * the mended one with another limit, again and again; prints how long each took from saving until it was refused, or in
 * force, and how many requests failed meanwhile. Fails beyond the five seconds that are promised.
 */
const PROMISED_MS = 5000;
const POLL_MS = 20;
const SENDERS = 4;
/** Long after what is promised: on a machine that does nothing else it is never reached. */
const GIVEN_UP_MS = 60_000;
const FILE = 'important-results/blood-count.yaml';

interface Options {
  times: number;
  db: 'sqlite' | 'mysql';
  url: string;
  rules: string;
}

interface RulesHealth {
  status: string;
  version: string;
}

/** Senders that never stop until they are told to; every answer that is no 2xx, and every one that does not come, has failed. */
class EndlessTraffic {
  readonly #client: FhirClient;
  readonly #bodies = new Bodies('reload', new Date());
  readonly #senders: Promise<void>[];
  #isOver = false;
  #sent = 0;
  #failed = 0;

  constructor(port: number, key: string) {
    this.#client = new FhirClient(port, key, SENDERS);
    this.#senders = Array.from({ length: SENDERS }, () => this.#send());
  }

  async #send(): Promise<void> {
    while (!this.#isOver) {
      const status = await this.#client.post(this.#bodies.next().bytes).then(
        (answer) => answer.status,
        () => 0,
      );
      this.#sent++;
      if (!isAccepted(status)) this.#failed++;
    }
  }

  async stop(): Promise<{ sent: number; failed: number }> {
    this.#isOver = true;
    await Promise.all(this.#senders);
    this.#client.close();
    return { sent: this.#sent, failed: this.#failed };
  }
}

const options = new Command('bench:reload')
  .addOption(new Option('--times <n>', 'changes to save').default(10).argParser(Number))
  .addOption(databaseOption())
  .option('--rules <folder>', 'rule files to change a copy of', 'rules')
  .addOption(serverOption())
  .parse()
  .opts<Options>();
const cleanup = new Cleanup().onInterrupt();

try {
  await measure();
} finally {
  await cleanup.run();
}

async function measure(): Promise<void> {
  const { times, db, url, rules } = options;
  const database = await freshDatabase(db, url);
  cleanup.add(() => database.drop());
  const folder = join(database.folder, 'rules');
  cpSync(rules, folder, { recursive: true });
  const service = await ServiceProcess.create({
    databaseUrl: database.url,
    folder: database.folder,
    env: { RULES_DIR: folder },
  });
  cleanup.add(() => service.stop());
  await service.start();
  const traffic = new EndlessTraffic(service.port, await service.makeKey('feed'));
  const health = async (): Promise<RulesHealth> => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/health/ready`);
    return ((await answer.json()) as { rules: RulesHealth }).rules;
  };
  await sleep(2000);
  const shipped = readFileSync(join(folder, FILE), 'utf8');
  const refused: number[] = [];
  const inForce: number[] = [];
  for (let i = 1; i <= times; i++) {
    const { version } = await health();
    writeFileSync(join(folder, FILE), shipped.replace('fact: wbc,', 'fact: wcb,'));
    refused.push(await until(health, ({ status }) => status !== 'in force'));
    writeFileSync(join(folder, FILE), `${shipped.trimEnd()}\nnote: change ${i}\n`);
    inForce.push(await until(health, (now) => now.status === 'in force' && now.version !== version));
  }
  const { sent, failed } = await traffic.stop();
  const isKept = [...refused, ...inForce].every((took) => took <= PROMISED_MS) && failed === 0;
  console.log(
    [
      `${db}: ${times} broken and ${times} mended files saved, ${sent} messages meanwhile, ${failed} failed`,
      `  refused after ${spread(refused)}; in force after ${spread(inForce)} (promised ${PROMISED_MS} ms): ${isKept ? 'kept' : 'NOT KEPT'}`,
    ].join('\n'),
  );
  if (!isKept) process.exitCode = 1;
}

async function until(health: () => Promise<RulesHealth>, is: (now: RulesHealth) => boolean): Promise<number> {
  const start = performance.now();
  while (!is(await health())) {
    if (performance.now() - start > GIVEN_UP_MS) throw new Error('the change was not seen within a minute');
    await sleep(POLL_MS);
  }
  return performance.now() - start;
}

function spread(took: readonly number[]): string {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
  return `${at(0)}–${at(1)} ms, median ${at(0.5)} ms`;
}
