import { Command, InvalidArgumentError, Option } from 'commander';
import { type KillKind } from './fate.js';

export interface SoakOptions {
  db: 'sqlite' | 'mysql';
  instances: number;
  kills: number;
  kill: KillKind;
  clients: number;
  seed: string;
  json: boolean;
}

/** Reads the command line; ends the process with a word on stderr when it is not understood. */
export function readOptions(argv: readonly string[]): SoakOptions {
  const command = new Command('soak')
    .description(
      'Kills the built service, or its database, again and again under load, and proves that nothing acknowledged was lost, doubled or half-handled.',
    )
    .addOption(
      new Option('--db <kind>', 'database; mysql is a MariaDB started for the purpose')
        .choices(['sqlite', 'mysql'])
        .default('sqlite'),
    )
    .addOption(new Option('--instances <n>', 'of the service, on one MariaDB').default(1).argParser(count))
    .addOption(new Option('--kills <n>', 'how often').default(30).argParser(count))
    .addOption(
      new Option('--kill <what>', 'whom').choices(['service', 'database', 'both']).default('service'),
    )
    .addOption(new Option('--clients <n>', 'feeds that send at the same time').default(8).argParser(count))
    .option('--seed <text>', 'seed of clients, letters and kills; a new one when left out')
    .option('--json', 'print one JSON object instead of the table', false)
    .parse([...argv]);
  const { seed = String(Date.now()), ...read } = command.opts<
    Omit<SoakOptions, 'seed'> & { seed?: string }
  >();
  const options = { ...read, seed };
  if (options.db === 'sqlite' && (options.instances > 1 || options.kill !== 'service'))
    command.error('SQLite is for one instance, and dies with it: --instances 1 --kill service');
  return options;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 is wanted');
  return value;
}
