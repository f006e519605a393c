import { Global, Module } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { Clock } from '../kernel/index.js';
import { KeyRing } from './key-ring.js';
import { openVault } from './vault.provider.js';
import { Vault } from './vault.js';

/** The `Vault`, opened at start: without it nothing personal can be stored or read. */
@Global()
@Module({
  providers: [
    KeyRing,
    {
      provide: Vault,
      inject: [UnitOfWork, CONFIG, Clock],
      useFactory: (unitOfWork: UnitOfWork, config: Config, clock: Clock) =>
        openVault(unitOfWork, config, clock),
    },
  ],
  exports: [KeyRing, Vault],
})
export class SecretsModule {}
