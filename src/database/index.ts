export { BYTES, HASH, ID, INSTANT, LONG_TEXT } from './columns.js';
export { dataSourceOptions, type Schema } from './data-source.js';
export { DatabaseModule } from './database.module.js';
export { type Dialect, DIALECTS, isUnavailable, readInstant } from './dialect.js';
export { type Constants, insertRows, insertRowsNow, placeholders, portions } from './insert-rows.js';
export { openDatabase } from './migrate.js';
export { Reader } from './reader.js';
export { askNow, runLater, sendWaiting } from './round-trips.js';
export { UnitOfWork } from './unit-of-work.js';
