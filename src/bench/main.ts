import { readFileSync } from 'node:fs';
import { Cleanup, freshDatabase, type FreshDatabase } from '../rig/index.js';
import { Bodies } from './bodies.js';
import { budgets } from './budget.js';
import { measureIngest } from './ingest-speed.js';
import { readOptions } from './options.js';
import { type CpuProfile, roomTimes, selfTimes } from './profile-summary.js';
import { renderReport, renderSelfTimes } from './report.js';
import { runBench } from './run.js';
import { startService } from './service.js';

/** `npm run bench -- --people N --db sqlite|mysql`: see options.ts for the rest. */
const options = readOptions(process.argv);
const cleanup = new Cleanup().onInterrupt();

try {
  process.exitCode = await bench();
} finally {
  await cleanup.run();
}

async function bench(): Promise<number> {
  const database = await newDatabase();
  const service = await startService(database.url, database.folder, options.profile);
  cleanup.add(() => service.stop());
  const result = await runBench(options, service, database).catch((fault: unknown) => {
    console.error(`the service said last:\n${service.logEnd()}`);
    throw fault;
  });
  await service.stop();
  if (options.ingest) {
    const people = Math.min(options.people, 5000);
    result.ingest = await measureIngest(await newDatabase(), new Bodies(options.seed, new Date()), people);
  }
  const kept = budgets(result);
  console.log(options.json ? JSON.stringify({ ...result, budgets: kept }) : renderReport(result, kept));
  if (options.profile && !options.json) {
    const profile = JSON.parse(readFileSync(options.profile, 'utf8')) as CpuProfile;
    console.log(renderSelfTimes(roomTimes(profile, 12)));
    console.log(renderSelfTimes(selfTimes(profile, 30)));
  }
  return options.gate && kept.some(({ met }) => !met) ? 1 : 0;
}

async function newDatabase(): Promise<FreshDatabase> {
  const database = await freshDatabase(options.db, options.url);
  cleanup.add(() => database.drop());
  return database;
}
