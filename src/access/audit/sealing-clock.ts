import { Inject, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Sealer } from './sealer.js';

/** What was written down is sealed within ten seconds. */
const EVERY_MS = 5000;

/** Seals the audit trail as long as the service runs; any number of instances may. */
@Injectable()
export class SealingClock implements OnApplicationShutdown {
  readonly #logger = new Logger('Audit');
  #running: Promise<void> | null = null;
  #isFailing = false;

  constructor(@Inject(Sealer) private readonly sealer: Sealer) {}

  /** Never fails, and never runs beside itself: what could not be sealed now is sealed the next time. */
  @Interval(EVERY_MS)
  seal(): Promise<void> {
    return (this.#running ??= this.#sealOnce().finally(() => (this.#running = null)));
  }

  /** What the last requests left is sealed before the service ends: after the door is shut, and before the database is. */
  async onApplicationShutdown(): Promise<void> {
    await this.#running;
    await this.#sealOnce();
  }

  async #sealOnce(): Promise<void> {
    try {
      await this.sealer.seal();
      this.#isFailing = false;
    } catch (error) {
      // Said once: until the database is back, each time fails the same way.
      if (!this.#isFailing) this.#logger.error(`could not seal the audit trail: ${(error as Error).name}`);
      this.#isFailing = true;
    }
  }
}

@Module({ providers: [SealingClock] })
export class AuditSealingModule {}
