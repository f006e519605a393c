import { type Command } from 'commander';
import { CommandError } from '../application.js';

/** `firstcall users create`: named in the contract, comes with the workbench's accounts. */
export function addUsers(program: Command): void {
  program
    .command('users')
    .description('人员帐号 accounts of people (not available yet)')
    .command('create')
    .description('not available yet: accounts come with the workbench')
    .option('--name <name>')
    .option('--role <role>')
    .option('--password-stdin')
    .action(() => {
      throw new CommandError(
        'users create: accounts of people come with the workbench and are not part of this version; ' +
          'machines get a key by `keys create`',
      );
    });
}
