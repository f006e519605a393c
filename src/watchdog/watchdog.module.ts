import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DutyModule } from '../duty/index.js';
import { OutboxModule } from '../messaging/index.js';
import { RulesModule } from '../rules/index.js';
import { WatchdogRepository } from './watchdog.repository.js';
import { Watchdog } from './watchdog.service.js';

const LOOK_EVERY_MS = 30_000;

@Module({
  imports: [DutyModule, OutboxModule, RulesModule],
  providers: [Watchdog, WatchdogRepository],
  exports: [Watchdog],
})
export class WatchdogModule {}

/** A running service watches itself. Never fails: what could not be seen now is seen the next time. */
@Injectable()
class WatchdogClock {
  readonly #logger = new Logger('Watchdog');
  #isFailing = false;

  constructor(@Inject(Watchdog) private readonly watchdog: Watchdog) {}

  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    try {
      await this.watchdog.look();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#logger.error(`could not look: ${(error as Error).name}`);
      this.#isFailing = true;
    }
  }
}

@Module({ imports: [WatchdogModule], providers: [WatchdogClock] })
export class WatchdogClockModule {}
