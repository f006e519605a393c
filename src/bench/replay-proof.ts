#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { generateClients } from '../sample/index.js';
import { databaseOption, freshDatabase, serverOption } from '../rig/index.js';
import { peakMemory } from './ingest-speed.js';
import { changesBetween, differing, movesBetween, ProofDatabase } from './proof-findings.js';
import { DRAFT, IN_FORCE, LEVELS_IN_FORCE, LEVELS_OF_DRAFT, writeRules } from './proof-rules.js';

const COMMAND = resolve(fileURLToPath(import.meta.url), '../../cli/main.js');
const YEARS = 2;

interface Options {
  people: string;
  db: 'sqlite' | 'mysql';
  url: string;
  seed: string;
  kills: string;
}
interface Replayed {
  person: string | null;
  changes: {
    rule: string;
    observationId: string;
    component: number;
    from: Stands | null;
    to: Stands | null;
  }[];
  level: { from: Level | null; to: Level | null } | null;
}
type Level = { code: string; text: string };
type Stands = { kind: string; class: string };

/**
 * Proves on many generated people that replaying a draft says of each of them what two services do that have known
 * nothing but one version each; and that judging them again, killed again and again, comes to the same.
 */
async function main({ people, db, url, seed, kills }: Options): Promise<void> {
  const databases = [await freshDatabase(db, url), await freshDatabase(db, url)] as const;
  const [own, other] = databases;
  try {
    const folder = own.folder;
    const rules = { inForce: join(folder, 'in-force'), draft: join(folder, 'draft') };
    writeRules(rules.inForce, IN_FORCE, LEVELS_IN_FORCE);
    writeRules(rules.draft, DRAFT, LEVELS_OF_DRAFT);
    const file = join(folder, 'people.ndjson');
    await pipeline(Readable.from(bundles(seed, Number(people))), createWriteStream(file));
    const inForce = new Firstcall(own.url, rules.inForce);
    await timed(`${people} people taken in under the rules in force`, () =>
      inForce.run('ingest', '--json', file),
    );
    await timed('and by a service of its own under the draft', () =>
      new Firstcall(other.url, rules.draft).run('ingest', '--json', file),
    );
    const [ownData, otherData] = [new ProofDatabase(own.url), new ProofDatabase(other.url)];
    const alone = await otherData.standing();
    const expected = changesBetween(await ownData.standing(), alone);
    const levelsAlone = await otherData.levels();
    const moves = movesBetween(await ownData.levels(), levelsAlone);

    const lines = join(folder, 'replayed.ndjson');
    const peak = await timed('replayed', () =>
      inForce.run('rules', 'replay', '--rules', rules.draft, '--people', '--json', '>', lines),
    );
    const foretold = await replayed(lines, ownData);
    const wrong = differing(expected, foretold.changes);
    const misplaced = differing(moves, foretold.moves);
    say(
      `replay: ${expected.size} people change, ${wrong.length} otherwise than by brute force; ${Math.round(peak / 1e6)} MB at most`,
    );
    say(
      `of ${levelsAlone.size} levels ${moves.size} change, ${misplaced.length} otherwise than by brute force`,
    );

    const judging = new Firstcall(own.url, rules.draft);
    await timed(`judged again under the draft, killed ${kills} times`, () => judging.killed(Number(kills)));
    const left = differing(await ownData.standing(), alone);
    const leftLevels = differing(await ownData.levels(), levelsAlone);
    say(`judging again: ${alone.size} people have findings, ${left.length} otherwise than by brute force`);
    say(`and ${levelsAlone.size} levels, ${leftLevels.length} otherwise`);
    await timed('reconciled without a difference', () => judging.run('reconcile', '--json'));
    const all = [...wrong, ...misplaced, ...left, ...leftLevels];
    if (all.length > 0) throw new Error(`not equal: ${all.slice(0, 5).join(', ')}`);
    if (expected.size === 0 || moves.size === 0) throw new Error('nothing changes: nothing was proved');
  } finally {
    for (const database of databases) await database.drop();
  }
}

/** Each person is named by their file number, so that two databases can be compared by it. */
function* bundles(seed: string, people: number): Generator<string> {
  for (const { bundle, serial } of generateClients({ seed, people, now: new Date(), years: YEARS })) {
    for (const { resource } of bundle.entry)
      if (resource.resourceType === 'Patient') Object.assign(resource, { name: [{ text: serial }] });
    yield `${JSON.stringify(bundle)}\n`;
  }
}

/** What the replay says of everybody, by name. */
async function replayed(
  path: string,
  data: ProofDatabase,
): Promise<{ changes: Map<string, string[]>; moves: Map<string, string> }> {
  const { persons, results } = await data.names();
  const people = new Map<string, string[]>();
  const moves = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const { person, changes, level } = JSON.parse(line) as Partial<Replayed>;
    // The last line is the summary.
    if (person === undefined || !changes) continue;
    const name = person === null ? '' : (persons.get(person) ?? '?');
    if (level) moves.set(name, `${levelInWords(level.from)} → ${levelInWords(level.to)}`);
    if (changes.length === 0) continue;
    const inWords = changes.map(({ rule, observationId, component, from, to }) => {
      const [was, is] = [from, to].map((one) => (one ? `${one.kind} ${one.class}` : '-'));
      return `${rule} ${results.get(observationId)} ${component}: ${was} → ${is}`;
    });
    people.set(name, inWords.sort());
  }
  return { changes: people, moves };
}

function levelInWords(level: Level | null): string {
  return level ? `${level.code} (${level.text})` : '-';
}

/** The command line on one database, under the rules of one folder. */
class Firstcall {
  readonly #env: NodeJS.ProcessEnv;

  constructor(databaseUrl: string, rulesDir: string) {
    this.#env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      RULES_DIR: rulesDir,
      SECRET_KEY: 'proof-only-proof-only-proof-only-key',
    };
  }

  /** @returns its peak memory in bytes. @throws Error with what it said when it fails */
  async run(...words: string[]): Promise<number> {
    const [args, path] = words.at(-2) === '>' ? [words.slice(0, -2), words.at(-1)!] : [words, null];
    const child = spawn(process.execPath, [COMMAND, ...args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-2000)));
    const written = path === null ? drained(child.stdout) : pipeline(child.stdout, createWriteStream(path));
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, peakMemory(child.pid))), 200);
    const code = await new Promise<number | null>((ended) => child.once('close', ended));
    clearInterval(watch);
    await written;
    if (code !== 0) throw new Error(`firstcall ${args.join(' ')} ended with ${code}: ${said}`);
    return peak;
  }

  /** Judges everybody again; the process is killed (-9) so many times in the midst of it, and begun again. */
  async killed(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const child = spawn(process.execPath, [COMMAND, 'rules', 'rejudge', '--json'], {
        env: this.#env,
        stdio: 'ignore',
      });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const life = 3000 + Math.floor(Math.random() * 5000);
      const code = await Promise.race([ended, pause(life).then(() => 'alive' as const)]);
      if (code === 'alive') child.kill('SIGKILL');
      await ended;
      say(code === 'alive' ? `killed after ${life} ms` : 'ended before it was killed');
      // Another may go on when the lease of the one that was killed has run out.
      if (code === 'alive') await pause(LEASE_MS);
    }
    await this.run('rules', 'rejudge', '--json');
  }
}

const LEASE_MS = 31_000;

function drained(stream: Readable): Promise<void> {
  stream.resume();
  return Promise.resolve();
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const value = await work();
  say(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return value;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await new Command('rules:replay-proof')
  .description(
    'Proves that a replay, and judging again, are equal to two services by brute force, person by person.',
  )
  .option('--people <n>', 'people', '10000')
  .addOption(databaseOption())
  .addOption(serverOption())
  .option('--seed <text>', 'seed of the people', 'proof')
  .option('--kills <n>', 'how often judging again is killed', '3')
  .action(main)
  .parseAsync();
