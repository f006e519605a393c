#!/usr/bin/env node
import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { explain } from '../server/start-failure.js';
import { CommandError } from './application.js';
import { addKeys } from './commands/keys.js';
import { addMigrate } from './commands/migrate.js';
import { addUsers } from './commands/users.js';

const program = new Command('firstcall')
  .description('Firstcall 第一时间: 体检重要结果与风险预警')
  .exitOverride()
  .showHelpAfterError('(--help lists the commands)');
for (const add of [addMigrate, addKeys, addUsers]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has already said what is wrong with the command line, or shown the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`${error instanceof CommandError ? error.message : explain(error)}\n`);
    process.exitCode = 1;
  }
}
