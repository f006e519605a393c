import { Module } from '@nestjs/common';
import { ConfigModule } from './config/index.js';
import { DatabaseModule } from './database/index.js';
import { ENTITIES } from './entities.js';
import { SecretsModule } from './secrets/index.js';

/** The ground of a command that only reads, beside a service at work: no migration, no write, no lock. */
@Module({ imports: [ConfigModule, DatabaseModule.forReading({ entities: ENTITIES }), SecretsModule] })
export class ReadingGroundModule {}
