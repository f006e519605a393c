import { ConfigError } from '../config/index.js';
import { isUnavailable } from '../database/index.js';
import { AppError } from '../kernel/index.js';

/** Says on stderr why it could not start, plainly where the cause is known, and ends with code 1. */
/** What went wrong, in words for whoever operates the service; a stack only where the cause is a fault of ours. */
export function explainAndExit(error: unknown): never {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** What went wrong, in words for whoever operates the service; a stack only where the cause is a fault of ours. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof AppError) {
    return error.faults.map(({ message, path }) => (path ? `${path}: ${message}` : message)).join('\n');
  }
  if (error instanceof Error && isFromDatabase(error)) return `The database can't be used: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isFromDatabase(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return isUnavailable(error) || (typeof code === 'string' && /^(?:ER|SQLITE)_/.test(code));
}
