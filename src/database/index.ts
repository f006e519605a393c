export { BYTES, HASH, ID, INSTANT, LONG_TEXT } from './columns.js';
export { dataSourceOptions, type Schema } from './data-source.js';
export { type Dialect, DIALECTS, isUnavailable } from './dialect.js';
export { insertRows, placeholders } from './insert-rows.js';
export { UnitOfWork } from './unit-of-work.js';
