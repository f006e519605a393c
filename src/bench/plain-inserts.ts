/**
 * The reference of the measurement: the very observation rows that the service has just written, inserted again by
 * plain multi-row statements, one transaction each, into a copy of the table in the same database.
 */
export interface PlainInserts {
  /** Makes the empty copy: columns, primary key and indexes of `observation`. Foreign keys are left out. */
  prepare(): Promise<void>;
  /** The rows that the service wrote since the last call, in transactions of sixty. */
  takeNewRows(): Promise<Row[][]>;
  /** Passes over what the service wrote since the last call. */
  skipNewRows(): Promise<void>;
  /** Inserts and returns the milliseconds that took. */
  insert(transactions: readonly Row[][]): Promise<number>;
  /**
   * Copies what lies in the log of an embedded database into its file, and returns the milliseconds that took: neither
   * side is to leave this to the other.
   */
  settle(): Promise<number>;
  /** Bytes of the service's own tables and indexes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

export type Row = unknown[];

export const TABLE = 'observation';
export const COPY = 'observation_plain';
export const ROWS_A_TRANSACTION = 60;

/** Cuts rows into transactions. */
export function inTransactions(rows: readonly Row[]): Row[][] {
  const transactions: Row[][] = [];
  for (let i = 0; i < rows.length; i += ROWS_A_TRANSACTION)
    transactions.push(rows.slice(i, i + ROWS_A_TRANSACTION));
  return transactions;
}

/** One statement for so many rows of so many columns. */
export function insertStatement(rows: number, columns: number): string {
  const row = `(${Array<string>(columns).fill('?').join(', ')})`;
  return `INSERT INTO ${COPY} VALUES ${Array<string>(rows).fill(row).join(', ')}`;
}
