import { Command, CommanderError } from 'commander';

type Add = (program: Command) => void;

/** Each command is loaded when it is asked for: a process a command, and most need little of the service. */
const COMMANDS: Record<string, () => Promise<Add>> = {
  migrate: async () => (await import('./commands/migrate.js')).addMigrate,
  keys: async () => (await import('./commands/keys.js')).addKeys,
  users: async () => (await import('./commands/users.js')).addUsers,
  rules: async () => (await import('./commands/rules.js')).addRules,
  assess: async () => (await import('./commands/assess.js')).addAssess,
  report: async () => (await import('./commands/report.js')).addReport,
  reconcile: async () => (await import('./commands/reconcile.js')).addReconcile,
  terminology: async () => (await import('./commands/terminology.js')).addTerminology,
  ingest: async () => (await import('./commands/ingest.js')).addIngest,
  audit: async () => (await import('./commands/audit.js')).addAudit,
};

/**
 * Runs one command line. What goes wrong is told on stderr, in words; `process.exitCode` says how it ended.
 * @param words the command and its arguments
 */
export async function runProgram(words: readonly string[]): Promise<void> {
  const program = new Command('firstcall')
    .description('Firstcall 第一时间: 体检重要结果与风险预警 important checkup results, in time')
    .exitOverride()
    .showHelpAfterError('(--help lists the commands)');
  const asked = words[0] !== undefined && Object.hasOwn(COMMANDS, words[0]) ? COMMANDS[words[0]] : undefined;
  for (const load of asked ? [asked] : Object.values(COMMANDS)) (await load())(program);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    // Commander has already said what is wrong with the command line, or shown the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else {
      process.stderr.write(`${await inWords(error)}\n`);
      process.exitCode = 1;
    }
  }
}

async function inWords(error: unknown): Promise<string> {
  if (error instanceof Error && error.constructor.name === 'CommandError') return error.message;
  return (await import('../server/start-failure.js')).explain(error);
}
