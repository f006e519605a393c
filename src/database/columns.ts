import { databaseKind } from '../config/index.js';

const onMysql = databaseKind() === 'mysql';

/** Column types that are written alike in entities and migrations; the two databases differ only here. */
export const ID = { type: 'varchar', length: 36 } as const;
/** 160 bits of a hash in base64url. */
export const HASH = { type: 'varchar', length: 27 } as const;
/** UTC, to the millisecond, set from the Clock. */
export const INSTANT = { type: 'datetime', precision: 3 } as const;
export const LONG_TEXT = { type: onMysql ? ('mediumtext' as const) : ('text' as const) };
export const BYTES = { type: onMysql ? ('longblob' as const) : ('blob' as const) };
