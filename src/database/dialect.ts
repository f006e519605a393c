import { type DatabaseKind } from '../config/index.js';

/** What differs between the databases, in one table. */
export interface Dialect {
  /** Appended to a SELECT whose rows the transaction will change. */
  forUpdate: string;
  /** Appended to a SELECT that must see what another transaction is about to commit, and waits for it. */
  forShare: string;
  isDuplicateKey: (error: unknown) => boolean;
  /** Deadlock, lock time-out, busy file: the same work may succeed a moment later. */
  isTransient: (error: unknown) => boolean;
  /** Condition: the column's text holds the parameter, letter by letter (MySQL's collation would not mind the case). */
  holds(column: string): string;
  /** The later of two expressions, neither of them NULL. */
  greatest(a: string, b: string): string;
  /** Seconds from one column's instant to another's. */
  seconds(from: string, to: string): string;
  /** The UTC hour of a column's instant, as `2026-11-22 04`. */
  hour(column: string): string;
  /** An instant as the driver wants it in hand-written SQL. */
  instant: (date: Date) => string;
}

export const DIALECTS: Record<DatabaseKind, Dialect> = {
  sqlite: {
    forUpdate: '',
    forShare: '',
    isDuplicateKey: (error) => /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(codeOf(error)),
    isTransient: (error) => /^SQLITE_BUSY/.test(codeOf(error)),
    holds: (column) => `instr(${column}, ?) > 0`,
    greatest: (a, b) => `MAX(${a}, ${b})`,
    seconds: (from, to) => `ROUND((julianday(${to}) - julianday(${from})) * 86400)`,
    hour: (column) => `substr(${column}, 1, 13)`,
    instant: instantText,
  },
  mysql: {
    forUpdate: ' FOR UPDATE',
    forShare: ' LOCK IN SHARE MODE',
    isDuplicateKey: (error) => codeOf(error) === 'ER_DUP_ENTRY',
    isTransient: (error) => /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_CHECKREAD)$/.test(codeOf(error)),
    holds: (column) => `INSTR(CAST(${column} AS BINARY), CAST(? AS BINARY)) > 0`,
    greatest: (a, b) => `GREATEST(${a}, ${b})`,
    seconds: (from, to) => `ROUND(TIMESTAMPDIFF(MICROSECOND, ${from}, ${to}) / 1000000)`,
    hour: (column) => `DATE_FORMAT(${column}, '%Y-%m-%d %H')`,
    instant: instantText,
  },
};

const texts = new WeakMap<Date, string>();

/** `2026-11-22 04:20:04.062` in UTC, as TypeORM writes it. The rows of one message share their instants. */
function instantText(date: Date): string {
  let text = texts.get(date);
  if (text === undefined) texts.set(date, (text = date.toISOString().replace('T', ' ').slice(0, 23)));
  return text;
}

const UNAVAILABLE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|PROTOCOL_|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR|ER_QUERY_INTERRUPTED|POOL_CLOSED|SQLITE_BUSY|SQLITE_FULL|SQLITE_IOERR|ER_LOCK_|ER_CHECKREAD|ER_DISK_FULL|ER_RECORD_FILE_FULL)/;

/** The database is away or too busy: the caller may send the same again. */
export function isUnavailable(error: unknown): boolean {
  return UNAVAILABLE.test(codeOf(error)) || isOnClosedConnection(error);
}

/** What is asked of a connection that was lost a moment ago fails without a code. */
function isOnClosedConnection(error: unknown): boolean {
  const { driverError } = (error ?? {}) as { driverError?: { fatal?: unknown; code?: unknown } };
  return driverError?.fatal === true && driverError.code === undefined;
}

function codeOf(error: unknown): string {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  const found = driverError?.code ?? code;
  return typeof found === 'string' ? found : '';
}

/** An instant as either driver returns it from hand-written SQL. */
export function readInstant(value: unknown): Date;
export function readInstant(value: unknown, isOptional: true): Date | null;
export function readInstant(value: unknown): Date | null {
  if (value instanceof Date) return value;
  return typeof value === 'string' ? new Date(`${value.replace(' ', 'T')}Z`) : null;
}
