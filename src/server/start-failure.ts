import { ConfigError } from '../config/index.js';
import { AppError } from '../kernel/index.js';

/** Says on stderr why it could not start, plainly where the cause is known, and ends with code 1. */
export function explainAndExit(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

export function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof AppError) {
    return error.faults.map(({ message, path }) => (path ? `${path}: ${message}` : message)).join('\n');
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
