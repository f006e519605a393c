export {
  type Config,
  ConfigError,
  type DatabaseKind,
  databaseKind,
  readConfig,
  serviceVersion,
} from './config.js';
export { type MessagingConfig } from './messaging-config.js';
export { CONFIG, ConfigModule } from './config.module.js';
