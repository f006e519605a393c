import { Command, InvalidArgumentError, Option } from 'commander';
import { databaseOption, serverOption } from '../rig/index.js';

export interface BenchOptions {
  people: number;
  db: 'sqlite' | 'mysql';
  /** Server (not schema) that a fresh schema is made on. */
  url: string;
  clients: number;
  prepared: boolean;
  preload: number;
  ingest: boolean;
  gate: boolean;
  json: boolean;
  profile: string | null;
  seed: string;
}

/** Reads the command line; ends the process with a word on stderr when it is not understood. */
export function readOptions(argv: readonly string[]): BenchOptions {
  const command = new Command('bench')
    .description(
      'Measures the built service on one Bundle of 60 results a person, against plain inserts of the same rows.',
    )
    .addOption(new Option('--people <n>', 'people to send').default(2000).argParser(count))
    .addOption(databaseOption())
    .addOption(serverOption())
    .addOption(new Option('--clients <n>', 'keep-alive clients').default(8).argParser(count))
    .option(
      '--prepared',
      'MySQL: compare with prepared statements, a quarter faster than plain inserts',
      false,
    )
    .addOption(
      new Option('--preload <m>', 'store so many people first, then compare the cost of one')
        .default(0)
        .argParser(count),
    )
    .option('--ingest', 'measure the command line reading NDJSON too', false)
    .option('--gate', 'exit 1 when a budget is missed', false)
    .option('--json', 'print one JSON object instead of the table', false)
    .option(
      '--profile <file>',
      'write a CPU profile of the service under load, and list where it spent its time',
    )
    .option('--seed <text>', 'seed of the workload', 'bench')
    .parse([...argv]);
  const read = command.opts<Omit<BenchOptions, 'profile'> & { profile?: string }>();
  return { ...read, profile: read.profile ?? null };
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 is wanted');
  return value;
}
