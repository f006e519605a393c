import { Command, Option } from 'commander';
import { Cleanup, freshDatabase, serverOption, ServiceProcess } from '../rig/index.js';
import { timeEvents } from './queue-events.js';
import { QueueRows } from './queue-rows.js';
import { quantile } from './statistics.js';

/**
 * `npm run bench:queue`: the queue of a centre after years. Prints how long the first page of each listing takes over HTTP,
 * a claim, and the event of a new call while people come in at half the peak, beside the plainest query of the same rows on
 * the same server, and how the database finds them. The goals are printed. What reads what is closed fails, and what has
 * become slower against the plain query beside it, or misses an event.
 */
const GOALS_MS = { page: 15, claim: 25, event: 250 } as const;
/**
 * By the medians of one run, so that a busy machine slows both. A page and a claim are held against the plain query of a
 * page's rows and the plainest answer of the service over HTTP together: they were seen to take three to six times that;
 * an event against what a plain query asked ten times a second needs to show the same. Beyond so many times that it fails.
 */
const MOST_TIMES_PLAIN = { page: 8, claim: 8, event: 2 } as const;
/** Of a page or a claim that is quick all the same nothing is said. */
const QUICK_MS = 8;
/** More rows than this for one page are no short scan of an index. */
const MOST_READ_SHARE = 0.5;
const PAGE = 50;

interface Options {
  open: number;
  closed: number;
  times: number;
  url: string;
}
const LISTINGS: readonly (readonly [name: string, query: string])[] = [
  ['first page', ''],
  ['class A', '&class=A'],
  ['calls', '&code=notify'],
  ['state=free', '&state=free'],
  ['state=waiting', '&state=waiting'],
  ['state=overdue', '&state=overdue'],
  ['state=claimed', '&state=claimed'],
  ['owner=me', '&owner=me'],
];

const options = new Command('bench:queue')
  .addOption(new Option('--open <n>', 'open tasks').default(100_000).argParser(Number))
  .addOption(new Option('--closed <n>', 'closed tasks').default(1_000_000).argParser(Number))
  .addOption(new Option('--times <n>', 'requests of each kind').default(200).argParser(Number))
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
  const { open, closed, times, url } = options;
  const database = await freshDatabase('mysql', url);
  cleanup.add(() => database.drop());
  const service = await ServiceProcess.create({ databaseUrl: database.url, folder: database.folder });
  cleanup.add(() => service.stop());
  // Builds the tables; what is filled in is nobody's to escalate while it is filled in.
  await service.start();
  const key = await service.makeKey('admin');
  await service.stop();
  const rows = await QueueRows.on(database.url);
  cleanup.add(() => rows.close());
  const began = performance.now();
  await rows.fill(open, closed, (what) => process.stderr.write(`\r${what}          `));
  process.stderr.write(`\rfilled in ${Math.round((performance.now() - began) / 1000)} s          \n`);
  await service.start();
  const plain = await timed(times, async () => {
    await rows.connection.query(
      `SELECT t.id, t.urgency, t.due_at, p.name, f.evidence FROM task t JOIN person p ON p.id = t.person_id JOIN finding f ON f.id = t.reason_finding_id
       WHERE t.closed_at IS NULL AND t.urgency = 'A' ORDER BY t.due_at, t.attempts, t.id LIMIT ${PAGE}`,
    );
    await (await fetch(`http://127.0.0.1:${service.port}/health/live`)).text();
  });
  console.log(
    `${open} open and ${closed} closed tasks, ${times} times each; a plain query and answer: ${spread(plain)}`,
  );
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const address = `http://127.0.0.1:${service.port}/api`;
  const get = async (path: string): Promise<{ items: { id: string; version: number }[] }> => {
    const answer = await fetch(address + path, { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { items: { id: string; version: number }[] };
  };
  for (const [name, query] of LISTINGS) {
    const read = await readBy(rows, () => get(`/queue?limit=${PAGE}${query}`));
    const took = await timed(times, () => get(`/queue?limit=${PAGE}${query}`));
    const isScan = read > open * MOST_READ_SHARE;
    if (isScan) process.exitCode = 1;
    const goal = name === 'first page' ? `, goal p99 ${GOALS_MS.page} ms` : '';
    const said = `, ${read} rows read${isScan ? ' — TOO MANY' : ''}${goal}`;
    if (name === 'first page') gate('page', took, plain, said, name);
    else console.log(`  ${name.padEnd(14)} ${spread(took)}${said}`);
  }
  const free = (await get('/queue?limit=200&state=free')).items.slice(0, times);
  const claims: number[] = [];
  for (const { id, version } of free) {
    const start = performance.now();
    const body = JSON.stringify({ version });
    const answer = await fetch(`${address}/tasks/${id}/claim`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`claim: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
    claims.push(performance.now() - start);
  }
  gate('claim', claims, plain, `, goal p99 ${GOALS_MS.claim} ms`);
  const feed = await service.makeKey('feed');
  const told = await timeEvents(service, { feed, reader: key }, rows.connection);
  console.log(
    `  events         ${told.events.length} calls at ${told.rate.toFixed(0)} people a second; a plain query ten times a second: ${spread(told.plain)}`,
  );
  gate('event', told.events, told.plain, `, goal p99 ${GOALS_MS.event} ms`);
  if (told.missed > 0 || told.events.length === 0) {
    process.exitCode = 1;
    console.log(`  ${told.missed} calls had NO EVENT`);
  }
}

/** Prints times, and fails where they have become too slow against the plain ones. */
function gate(
  what: keyof typeof MOST_TIMES_PLAIN,
  took: readonly number[],
  plain: readonly number[],
  said: string,
  name: string = what,
): void {
  const [mine, theirs] = [quantile(took, 0.5), quantile(plain, 0.5)];
  const most = MOST_TIMES_PLAIN[what];
  const isSlow = mine > QUICK_MS && mine > most * theirs;
  if (isSlow) process.exitCode = 1;
  const times = `${(mine / theirs).toFixed(1)} times plain${isSlow ? ` — TOO SLOW, at most ${most}` : ''}`;
  console.log(`  ${name.padEnd(14)} ${spread(took)}, ${times}${said}`);
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times + 5; i++) {
    const start = performance.now();
    await work();
    // The first few find nothing warm.
    if (i >= 5) took.push(performance.now() - start);
  }
  return took;
}

/** How many rows the server read for it, of all that it did meanwhile. */
async function readBy({ connection }: QueueRows, work: () => Promise<unknown>): Promise<number> {
  const readNow = async (): Promise<number> => {
    const [found] = await connection.query("SHOW GLOBAL STATUS LIKE 'Handler_read%'");
    return (found as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  // Others may use the server as well, and counts are remembered for a while: the least of a few.
  const reads: number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = await readNow();
    await work();
    reads.push((await readNow()) - before);
  }
  return Math.min(...reads);
}

function spread(took: readonly number[]): string {
  return `p50 ${quantile(took, 0.5).toFixed(1)} ms, p99 ${quantile(took, 0.99).toFixed(1)} ms`;
}
