import { Module } from '@nestjs/common';
import { MIGRATIONS } from '../migrations/index.js';
import { AccountsModule } from './accounts/index.js';
import { AccessModule } from './access/index.js';
import { ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { ENTITIES } from './entities.js';
import { SecretsModule } from './secrets/index.js';

/** The ground that every process stands on: configuration, the migrated database, keys, accounts. */
@Module({
  imports: [
    ConfigModule,
    DatabaseModule.forRoot({ entities: ENTITIES, migrations: MIGRATIONS }),
    SecretsModule,
    AccountsModule,
    AccessModule,
  ],
})
export class GroundModule {}
