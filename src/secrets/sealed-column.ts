import { type Vault } from './vault.js';

/** A row as it is read for sealing anew: the columns that were asked for. */
export type SealedRow = Readonly<Record<string, unknown>>;

/**
 * A column that holds what is sealed. Each room tells its own, so that a rotation of keys reaches every one; a test
 * finds those that nobody tells.
 */
export interface SealedColumn {
  table: string;
  column: string;
  /** Bytes as they are, or base64 in a text, perhaps after a word. */
  form: 'bytes' | 'text';
  prefix?: string;
  /** Other columns that context or hashes need, besides `id`. */
  also?: readonly string[];
  context: (row: SealedRow) => string;
  /** The columns of search hashes that follow from what is sealed, and what stands in each; empty where it has none. */
  hashColumns?: readonly string[];
  hashes?: (row: SealedRow, plain: Buffer, vault: Vault) => Record<string, string>;
  /** The rest of what is too long for one row: `(owner, part, payload)`, each of so many bytes. */
  rest?: { table: string; owner: string; bytes: number };
}
