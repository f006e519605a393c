import { text } from 'node:stream/consumers';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import Table from 'cli-table3';
import {
  type AccountShown,
  AccountsService,
  isRole,
  type Role,
  ROLES,
  StaffAddresses,
} from '../../accounts/index.js';
import { ADDRESS_KINDS } from '../../kernel/index.js';
import { GroundModule } from '../../ground.module.js';
import { CommandError, withService } from '../application.js';
import { witnessOf } from '../command-actor.js';

interface CreateOptions {
  name: string;
  fullName?: string;
  role: Role[];
  confidential?: boolean;
  centre?: string;
  passwordStdin?: boolean;
  address: string;
}

const LONGEST_INPUT = 1024;
const CENTRE = [
  '--centre <centre>',
  'whose people they see, as Encounter.serviceProvider names it (system|value, or its name); everybody when left out',
] as const;
const ADDRESS = ['--address <url>', 'where people reach the service', 'http://localhost:3000'] as const;

interface ReachOptions {
  sms?: string;
  email?: string;
  webhook?: string;
  practitioner?: string;
  language: string;
}

/** `firstcall users create|add|list|link|post|reach|disable|enable` */
export function addUsers(program: Command): void {
  const users = program.command('users').description('人员帐号 accounts of people');
  users
    .command('create')
    .alias('add')
    .description(
      'make an account, and print the link with which its person chooses a password, once, within three days',
    )
    .requiredOption('--name <name>', 'what they sign in with')
    .option('--full-name <name>', 'how colleagues call them')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}; may be given more than once`, oneMoreRole)
    .option('--confidential', 'named for confidential results (HIV, hepatitis, pregnancy …)')
    .option(...CENTRE)
    .option('--password-stdin', 'read the password from standard input instead; prints the id of the account')
    .option(...ADDRESS)
    .action(createUser);
  users.command('list').description('all accounts').option('--json', 'as JSON').action(listUsers);
  users
    .command('link')
    .description('print a new link to choose a password with; earlier ones end')
    .addArgument(new Argument('<name>', 'what they sign in with'))
    .option('--drop-second-factor', 'they have lost their one-time codes too')
    .option(...ADDRESS)
    .action(renewLink);
  users
    .command('post')
    .description(
      'set what somebody may do and whose people they see: all of it; where it becomes less they are signed out',
    )
    .addArgument(new Argument('<name>', 'what they sign in with'))
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}; may be given more than once`, oneMoreRole)
    .option('--confidential', 'named for confidential results')
    .option(...CENTRE)
    .action(setPost);
  users
    .command('reach')
    .description('set how messages reach somebody: all of it; what is left out is removed')
    .addArgument(new Argument('<name>', 'what they sign in with'))
    .option('--sms <number>')
    .option('--email <address>')
    .option('--webhook <name>', 'what the receiver of the webhook knows them by')
    .option('--practitioner <system|value>', 'what encounters call them as attending doctor')
    .addOption(new Option('--language <language>', 'of their messages').choices(['zh', 'en']).default('zh'))
    .action(setAddresses);
  for (const [word, isDisabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    users
      .command(word)
      .description(isDisabled ? 'let an account in no more, and end its sessions' : 'let it in again')
      .addArgument(new Argument('<name>', 'what they sign in with'))
      .action((name: string) =>
        withService(GroundModule, async (service) => {
          const accounts = service.get(AccountsService);
          const action = isDisabled ? 'account disabled' : 'account enabled';
          await accounts.setDisabled(await idOf(accounts, name), isDisabled, witnessOf(service, action));
        }),
      );
  }
}

function oneMoreRole(value: string, before: Role[] = []): Role[] {
  if (!isRole(value)) throw new InvalidArgumentError(`one of ${ROLES.join(', ')}`);
  return [...before, value];
}

async function createUser(options: CreateOptions): Promise<void> {
  const { name: login, fullName: name, role: roles, confidential, passwordStdin, address, centre } = options;
  const password = passwordStdin ? await passwordOnInput() : undefined;
  const seesSensitive = confidential ?? false;
  const { id, link } = await withService(GroundModule, (service) =>
    service
      .get(AccountsService)
      .create(
        { login, roles, seesSensitive, centre: centre ?? null, ...optional({ name, password }) },
        witnessOf(service, 'account made', roles.join(' ')),
      ),
  );
  process.stdout.write(`${link === null ? id : linkOf(address, link)}\n`);
}

function optional(values: { name?: string; password?: string }): { name?: string; password?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

async function passwordOnInput(): Promise<string> {
  const typed = await text(process.stdin);
  const password = typed.replace(/\r?\n$/, '');
  if (password === '' || typed.length > LONGEST_INPUT || /[\r\n]/.test(password)) {
    throw new CommandError('give the password as one line on standard input');
  }
  return password;
}

async function renewLink(
  name: string,
  options: { dropSecondFactor?: boolean; address: string },
): Promise<void> {
  const link = await withService(GroundModule, async (service) => {
    const accounts = service.get(AccountsService);
    const id = await idOf(accounts, name);
    const dropsSecondFactor = options.dropSecondFactor ?? false;
    const detail = dropsSecondFactor ? 'second factor dropped' : '';
    const witness = witnessOf(service, 'set-up link made', detail);
    return accounts.renewLink(id, { dropsSecondFactor, witness });
  });
  process.stdout.write(`${linkOf(options.address, link)}\n`);
}

async function setPost(
  name: string,
  { role: roles, confidential, centre }: { role: Role[]; confidential?: boolean; centre?: string },
): Promise<void> {
  await withService(GroundModule, async (service) => {
    const accounts = service.get(AccountsService);
    const wanted = { roles, seesSensitive: confidential ?? false, centre: centre ?? null };
    await accounts.setPost(await idOf(accounts, name), wanted, witnessOf(service, 'account post set'));
  });
}

async function setAddresses(name: string, options: ReachOptions): Promise<void> {
  const language = options.language === 'en' ? 'en' : 'zh';
  const addresses = ADDRESS_KINDS.flatMap((channel) => {
    const address = options[channel];
    return address === undefined ? [] : ({ channel, address, language } as const);
  });
  await withService(GroundModule, async (service) => {
    const id = await idOf(service.get(AccountsService), name);
    const detail = addresses.map(({ channel }) => channel).join(' ') || 'none';
    const witness = witnessOf(service, 'addresses set', detail);
    await service.get(StaffAddresses).set(id, addresses, options.practitioner ?? null, witness);
  });
}

function linkOf(address: string, secret: string): string {
  return `${address.replace(/\/+$/, '')}/set-up/${secret}`;
}

async function idOf(accounts: AccountsService, name: string): Promise<string> {
  const found = (await accounts.list()).find(({ login }) => login === name.normalize('NFKC').toLowerCase());
  if (!found) throw new CommandError(`nobody signs in as ${name}`);
  return found.id;
}

async function listUsers(options: { json?: boolean }): Promise<void> {
  const accounts = await withService(GroundModule, (service) => service.get(AccountsService).list());
  if (options.json) {
    process.stdout.write(`${JSON.stringify(accounts)}\n`);
    return;
  }
  const table = new Table({
    head: ['sign-in name', 'name', 'roles', 'centre', 'confidential', 'created', 'last sign-in', 'standing'],
    style: { head: [], border: [] },
  });
  for (const account of accounts) {
    const { login, name, roles, centre, seesSensitive, createdAt, lastSignInAt } = account;
    const instants = [createdAt, lastSignInAt].map((at) => at?.toISOString() ?? '');
    const sees = [centre ?? '', seesSensitive ? 'yes' : ''];
    table.push([login, name, roles.join(' '), ...sees, ...instants, standingOf(account)]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

function standingOf({ disabledAt, hasPassword, hasSecondFactor }: AccountShown): string {
  if (disabledAt) return 'disabled';
  if (!hasPassword) return 'waits for its link to be used';
  return hasSecondFactor ? 'in use, with one-time codes' : 'in use';
}
