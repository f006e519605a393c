import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from '../kernel/index.js';
import { readConfig } from './config.js';

export const CONFIG = Symbol('Config');

/** The environment and the clock: what everything may ask for and tests replace. */
@Global()
@Module({
  providers: [
    { provide: CONFIG, useFactory: () => readConfig() },
    { provide: Clock, useClass: SystemClock },
  ],
  exports: [CONFIG, Clock],
})
export class ConfigModule {}
