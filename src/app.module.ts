import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MIGRATIONS } from '../migrations/index.js';
import { AccessModule } from './access/index.js';
import { ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { ENTITIES } from './entities.js';
import { FhirModule } from './fhir/fhir.module.js';
import { OpsModule } from './ops/index.js';
import { SecretsModule } from './secrets/index.js';
import { RefusalFilter } from './server/refusal.filter.js';

/** The ground that every process stands on: configuration, the migrated database, keys. */
@Module({
  imports: [
    ConfigModule,
    DatabaseModule.forRoot({ entities: ENTITIES, migrations: MIGRATIONS }),
    SecretsModule,
    AccessModule,
  ],
})
export class GroundModule {}

/** The service, room by room, ground first. */
@Module({
  imports: [GroundModule, FhirModule, OpsModule],
  providers: [{ provide: APP_FILTER, useClass: RefusalFilter }],
})
export class AppModule {}
