export { type Config, ConfigError, type DatabaseKind, databaseKind, readConfig } from './config.js';
export { CONFIG, ConfigModule } from './config.module.js';
