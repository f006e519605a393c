import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type FreshDatabase } from '../rig/index.js';
import { type Bodies } from './bodies.js';
import { type IngestSpeed } from './result.js';

const COMMAND = resolve(fileURLToPath(import.meta.url), '../../cli/main.js');

/** Writes people as NDJSON, one Bundle a line, and lets the command line read them into an empty database. */
export async function measureIngest(
  database: FreshDatabase,
  bodies: Bodies,
  people: number,
): Promise<IngestSpeed> {
  const file = join(database.folder, 'people.ndjson');
  await pipeline(Readable.from(lines(bodies, people)), createWriteStream(file));
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    SECRET_KEY: 'bench-only-bench-only-bench-only-key',
  };
  await run(env, 'migrate');
  const start = performance.now();
  const peakMemory = await run(env, 'ingest', '--json', file);
  const elapsed = performance.now() - start;
  return {
    people,
    bytes: statSync(file).size,
    elapsed,
    peoplePerSecond: (people / elapsed) * 1000,
    peakMemory,
  };
}

function* lines(bodies: Bodies, people: number): Generator<Buffer> {
  for (let i = 0; i < people; i++) {
    yield bodies.next().bytes;
    yield Buffer.from('\n');
  }
}

/** Runs a command to its end and returns its peak memory. @throws Error with what it said when it fails. */
function run(env: NodeJS.ProcessEnv, ...args: string[]): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let peak = 0;
    child.stderr.setEncoding('utf8').on('data', (part: string) => (said = (said + part).slice(-2000)));
    const watch = setInterval(() => (peak = Math.max(peak, peakMemory(child.pid))), 50);
    child.on('error', failed);
    child.on('exit', (code) => {
      clearInterval(watch);
      if (code === 0) done(peak);
      else failed(new Error(`firstcall ${args[0]} failed (${code}): ${said}`));
    });
  });
}

export function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
