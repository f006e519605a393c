import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import Database from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import {
  Cleanup,
  databaseOption,
  freshDatabase,
  type FreshDatabase,
  serverOption,
  statement,
} from '../rig/index.js';
import { Bodies } from './bodies.js';

/**
 * `npm run bench:reassess -- --people N --db sqlite|mysql`: stores people of 60 results, judges and levels everybody
 * again as another version of the rules would, and prints what that costs beside reading the same rows.
 */
const COMMAND = resolve(fileURLToPath(import.meta.url), '../../cli/main.js');
/** The people of a hospital's year, for which the aim is six minutes. */
const AIM_PEOPLE = 90_990;
const AIM_MINUTES = 6;

interface Options {
  people: number;
  db: 'sqlite' | 'mysql';
  url: string;
}

const options = new Command('bench:reassess')
  .addOption(new Option('--people <n>', 'people to store').default(2000).argParser(Number))
  .addOption(databaseOption())
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
  const { people, db, url } = options;
  const database = await freshDatabase(db, url);
  cleanup.add(() => database.drop());
  const file = join(database.folder, 'people.ndjson');
  await pipeline(Readable.from(lines(new Bodies('reassess', new Date()), people)), createWriteStream(file));
  await firstcall(database, 'ingest', '--json', file);
  const reading = await readEverybody(database);
  const report = (what: string, { judged, failed, took }: Judged): string[] => [
    `${db}: ${judged} people judged and levelled again, ${what}, ${failed} failed, in ${seconds(took)}: ${Math.round((judged / took) * 60_000)} people a minute, ${(took / judged).toFixed(2)} ms each`,
    `  judging costs ${(took / reading.took).toFixed(1)} times as much as reading; ${AIM_PEOPLE} people would take ${(((took / judged) * AIM_PEOPLE) / 60_000).toFixed(1)} minutes (aim ${AIM_MINUTES})`,
  ];
  const said = [
    `${db}: reading the same ${reading.rows} rows, person by person: ${seconds(reading.took)}, ${(reading.took / people).toFixed(2)} ms each`,
    ...report('nothing changes', await judgeAgain(database)),
  ];
  await putEverybodyElsewhere(database);
  said.push(...report('everybody’s level moves', await judgeAgain(database)));
  console.log(said.join('\n'));
}

interface Judged {
  judged: number;
  failed: number;
  took: number;
}

async function judgeAgain(database: FreshDatabase): Promise<Judged> {
  const { startedAt, finishedAt, judged, failed } = JSON.parse(
    await firstcall(database, 'rules', 'rejudge', '--again', '--json'),
  ) as { startedAt: string; finishedAt: string; judged: number; failed: number };
  return { judged, failed, took: Date.parse(finishedAt) - Date.parse(startedAt) };
}

/** Everybody has been at another level until now, as after a change of the rules that concerns all of them. */
async function putEverybodyElsewhere({ url }: FreshDatabase): Promise<void> {
  const sql = `UPDATE assessment SET code = 'unknown', content = '{"reasons":[],"notes":[],"missingBasic":[],"predictions":[]}'`;
  if (!url.startsWith('sqlite:')) return statement(url, sql);
  const database = new Database(url.slice('sqlite:'.length));
  database.exec(sql);
  database.close();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function* lines(bodies: Bodies, people: number): Generator<Buffer> {
  for (let i = 0; i < people; i++) {
    yield bodies.next().bytes;
    yield Buffer.from('\n');
  }
}

/** Runs a command to its end and returns the last line that it printed. @throws Error with what it said when it fails */
function firstcall({ url }: FreshDatabase, ...words: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: url, SECRET_KEY: 'bench-only-bench-only-bench-only-key' };
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [COMMAND, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => (said.out += part));
    child.stderr
      .setEncoding('utf8')
      .on('data', (part: string) => (said.err = (said.err + part).slice(-2000)));
    child.on('error', failed);
    child.on('exit', (code) => {
      if (code === 0) done(said.out.trim().split('\n').at(-1) ?? '');
      else failed(new Error(`firstcall ${words[0]} failed (${code}): ${said.err}`));
    });
  });
}

/** Every row of everybody, as the job asks for them, by the plain driver. */
async function readEverybody({ url }: FreshDatabase): Promise<{ rows: number; took: number }> {
  const people = 'SELECT id FROM person ORDER BY id';
  const theirs = 'SELECT * FROM observation WHERE person_id = ?';
  if (url.startsWith('sqlite:')) {
    const database = new Database(url.slice('sqlite:'.length), { readonly: true });
    const ids = database.prepare<[], { id: string }>(people).all();
    const began = performance.now();
    const statement = database.prepare(theirs);
    const rows = ids.reduce((sum, { id }) => sum + statement.all(id).length, 0);
    const took = performance.now() - began;
    database.close();
    return { rows, took };
  }
  const connection = await createConnection(url);
  try {
    const [ids] = (await connection.query(people)) as unknown as [{ id: string }[]];
    // A table just filled is planned for as the small one that it was: on a server that has run for a while it is not.
    await connection.query('ANALYZE TABLE observation, finding, assessment, person');
    const began = performance.now();
    let rows = 0;
    for (const { id } of ids) {
      const [found] = (await connection.query(theirs, [id])) as unknown as [unknown[]];
      rows += found.length;
    }
    return { rows, took: performance.now() - began };
  } finally {
    await connection.end();
  }
}
