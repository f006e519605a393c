import { Table, TableIndex } from 'typeorm';

interface ColumnShape {
  type: string;
  length?: number;
  precision?: number;
}
interface Column {
  name: string;
  shape: ColumnShape;
  isNullable?: boolean;
  isPrimary?: boolean;
  default?: string;
}

export const TEXT = (length: number): ColumnShape => ({ type: 'varchar', length });
/** Spelled out: SQLite keeps the spelling, and TypeORM compares it; MySQL takes it for `int`. */
export const INTEGER: ColumnShape = { type: 'integer' };
export const BIGINT: ColumnShape = { type: 'bigint' };
export const BOOLEAN: ColumnShape = { type: 'boolean' };

/** A column that is always filled. */
export const filled = (name: string, shape: ColumnShape): Column => ({ name, shape });
export const optional = (name: string, shape: ColumnShape): Column => ({ name, shape, isNullable: true });
export const primary = (name: string, shape: ColumnShape): Column => ({ name, shape, isPrimary: true });
export const flag = (name: string): Column => ({ name, shape: BOOLEAN, default: "'0'" });

/** A table of the kind that both databases build alike. */
export function table(name: string, ...columns: Column[]): Table {
  return new Table({
    name,
    columns: columns.map(({ name: column, shape, ...rest }) => ({
      name: column,
      type: shape.type,
      ...(shape.length ? { length: String(shape.length) } : {}),
      ...(shape.precision ? { precision: shape.precision } : {}),
      ...rest,
    })),
  });
}

export function index(name: string, ...columnNames: string[]): TableIndex {
  return new TableIndex({ name, columnNames, isUnique: name.startsWith('ux_') });
}
