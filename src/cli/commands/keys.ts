import { Argument, type Command, Option } from 'commander';
import Table from 'cli-table3';
import { AccessService, type Scope, SCOPES } from '../../access/index.js';
import { GroundModule } from '../../ground.module.js';
import { CommandError, withService } from '../application.js';
import { witnessOf } from '../command-actor.js';
import { rotateKeys } from './rotate-keys.js';

const LONGEST_NAME = 128;

interface CreateOptions {
  name: string;
  scope: Scope;
  history?: boolean;
}

/** `firstcall keys create|list|revoke|rotate` */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('系统接入密钥 keys of machines that send or read');
  keys
    .command('create')
    .description('make a key and print it alone on standard output; it is never shown again')
    .requiredOption('--name <name>', 'who will use it; need not be unique')
    .addOption(new Option('--scope <scope>', 'what it may do').choices([...SCOPES]).makeOptionMandatory())
    .option('--history', 'what it sends is history and rings nobody')
    .action(createKey);
  keys
    .command('list')
    .description('all keys, without their secrets')
    .option('--json', 'as JSON')
    .action(listKeys);
  keys
    .command('revoke')
    .description('refuse a key from now on')
    .addArgument(new Argument('<id>', 'as `keys list` shows it'))
    .action(revokeKey);
  keys
    .command('rotate')
    .description(
      'put a new data key in the place of the old one: everything encrypted is encrypted anew; may be cut off, and run again',
    )
    .option('--json', 'the outcome as JSON, without progress')
    .action(rotateKeys);
}

async function createKey({ name, scope, history }: CreateOptions): Promise<void> {
  if (name.trim() === '' || name.length > LONGEST_NAME) {
    throw new CommandError(`--name must have 1 to ${LONGEST_NAME} characters`);
  }
  if (history && scope !== 'feed') throw new CommandError('--history is for keys of scope feed');
  const { secret } = await withService(GroundModule, (service) =>
    service
      .get(AccessService)
      .createKey({ name, scope, isHistory: history ?? false }, witnessOf(service, 'key made', scope)),
  );
  process.stdout.write(`${secret}\n`);
}

async function listKeys(options: { json?: boolean }): Promise<void> {
  const keys = await withService(GroundModule, (service) => service.get(AccessService).list());
  if (options.json) {
    process.stdout.write(`${JSON.stringify(keys)}\n`);
    return;
  }
  const table = new Table({
    head: ['id', 'name', 'scope', 'history', 'created', 'last seen', 'revoked'],
    style: { head: [], border: [] },
  });
  for (const key of keys) {
    const instants = [key.createdAt, key.lastSeenAt, key.revokedAt].map((at) => at?.toISOString() ?? '');
    table.push([key.id, key.name, key.scope, key.isHistory ? 'yes' : '', ...instants]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

async function revokeKey(id: string): Promise<void> {
  const isRevoked = await withService(GroundModule, (service) =>
    service.get(AccessService).revoke(id, witnessOf(service, 'key revoked')),
  );
  if (!isRevoked) throw new CommandError(`no key in force has the id ${id}`);
  process.stderr.write('revoked; every instance refuses it within two seconds\n');
}
