import { writeSync } from 'node:fs';
import { FhirClient, type FreshDatabase, type ServiceProcess } from '../rig/index.js';
import { Bodies } from './bodies.js';
import { Sender } from './http-load.js';
import { type Benched, latency, measureRounds, store, verifyTasks } from './measure.js';
import { type BenchOptions } from './options.js';
import { type PlainInserts } from './plain-inserts.js';
import { MysqlPlainInserts } from './plain-inserts-mysql.js';
import { SqlitePlainInserts } from './plain-inserts-sqlite.js';
import { type BenchResult, type Preload, type Round } from './result.js';
import { peakMemory, toggleProfile } from './service.js';
import { median } from './statistics.js';

const VERIFIED = 28;
/**
 * People stored, and their rows inserted plainly, before anything is measured: what counts is a service that has run for
 * a while. V8 compiles most of what is hot during the first two thousand people, on the processor that the database shares.
 */
const WARM_UP = 2000;
/** Seconds of the paced run; longer says little more. */
const PACED_SECONDS = 10;

/** One run against a started service: rounds, one client, paced, tasks verified, and on request again with people stored. */
export async function runBench(
  options: BenchOptions,
  service: ServiceProcess,
  database: FreshDatabase,
): Promise<BenchResult> {
  const { people, clients } = options;
  const bodies = new Bodies(options.seed, new Date());
  const feedKey = await service.makeKey('feed');
  const reader = new FhirClient(service.port, await service.makeKey('read'), 1);
  const sender = new Sender(service.port, feedKey, clients);
  const crowd = new Sender(service.port, feedKey, 64);
  const plain = plainInserts(options, database);
  try {
    say('warming up');
    await store(sender, bodies, WARM_UP, clients);
    await plain.prepare();
    await plain.insert(await plain.takeNewRows());
    await plain.settle();
    say(`${people} people through ${clients} clients, against plain inserts`);
    if (options.profile) await toggleProfile(service);
    const benched = { sender, service, plain, bodies };
    const { rounds, latencies } = await measureRounds(benched, people, clients);
    if (options.profile) await toggleProfile(service);
    const peoplePerSecond = perSecond(rounds, 'people', 'service');
    say('one client, then paced at 80 % of the peak');
    const alone = await sender.closedLoop(bodies.take(Math.min(people, 300)), 1);
    const rate = peoplePerSecond * 0.8;
    const pacedPeople = Math.max(50, Math.min(people, Math.round(rate * PACED_SECONDS)));
    const paced = await crowd.openLoop(() => bodies.next(), rate, pacedPeople);
    const tasks = await verifyTasks(reader, sender, bodies, VERIFIED);
    const stored = bodies.made;
    const databaseSize = await plain.size();
    const preload = options.preload ? await measurePreload(options, { ...benched, rounds }) : undefined;
    return {
      db: options.db,
      people,
      clients,
      results: people * 60,
      bodyBytes: bodies.meanBytes,
      rounds,
      peoplePerSecond,
      resultsPerSecond: peoplePerSecond * 60,
      plainPeoplePerSecond: perSecond(rounds, 'people', 'plain'),
      plainRowsPerSecond: perSecond(rounds, 'rows', 'plain'),
      ratio: ratioOf(rounds),
      cpuPerPerson: rounds.reduce((sum, { cpu }) => sum + cpu, 0) / people,
      loaded: latency({ latencies }),
      oneClient: latency(alone),
      paced: { ...latency(paced), perSecond: rate },
      tasks,
      peakMemory: peakMemory(service.pid),
      benchPeakMemory: process.resourceUsage().maxRSS * 1024,
      databaseSize,
      bytesPerPerson: databaseSize / stored,
      ...(preload ? { preload } : {}),
    };
  } finally {
    sender.close();
    crowd.close();
    reader.close();
    await plain.close();
  }
}

interface Measured extends Benched {
  rounds: readonly Round[];
}

/** Stores people, then measures as many as before: what does one cost now? */
async function measurePreload(options: BenchOptions, { rounds, ...benched }: Measured): Promise<Preload> {
  const { sender, plain, bodies } = benched;
  say(`storing ${options.preload} people`);
  await store(sender, bodies, options.preload, options.clients);
  // The copy starts empty again: it must not grow with the people, or it would hide what it is to show.
  await plain.prepare();
  await plain.skipNewRows();
  const { rounds: later } = await measureRounds(benched, Math.min(options.people, 4000), options.clients);
  const cost = (some: readonly Round[]): number =>
    median(some.map(({ service, people }) => service / people));
  return {
    people: options.preload,
    emptyCost: cost(rounds),
    loadedCost: cost(later),
    costRatio: ratioOf(rounds) / ratioOf(later),
    ratio: ratioOf(later),
  };
}

function plainInserts({ db, clients, prepared }: BenchOptions, { url }: FreshDatabase): PlainInserts {
  return db === 'sqlite'
    ? new SqlitePlainInserts(url.slice('sqlite:'.length))
    : new MysqlPlainInserts(url, clients, prepared);
}

function ratioOf(rounds: readonly Round[]): number {
  return median(rounds.map(({ plain, service }) => plain / service));
}

function perSecond(rounds: readonly Round[], what: 'people' | 'rows', whose: 'service' | 'plain'): number {
  const sum = (key: keyof Round): number => rounds.reduce((total, round) => total + round[key], 0);
  return (sum(what) / sum(whose)) * 1000;
}

function say(text: string): void {
  writeSync(2, `${text} …\n`);
}
