import {
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { AppError } from '../kernel/index.js';
import { SilencesService, TasksModule, TaskWorkService } from '../tasks/index.js';
import { EscalationModule } from './escalation.module.js';
import { EscalationService } from './escalation.service.js';

/** Limits are minutes long: a quarter of one is on time. */
const EVERY_MS = 15_000;
/** A doctor is told at once. */
const ROUTES_EVERY_MS = 2_000;
const LEASES_AT_ONCE = 500;

/** What time does to tasks. Each line may run on any number of instances at once. */
@Injectable()
export class EscalationClock implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Escalation');
  readonly #running = new Map<string, Promise<void>>();
  readonly #failing = new Set<string>();

  constructor(
    @Inject(EscalationService) private readonly escalation: EscalationService,
    @Inject(TaskWorkService) private readonly tasks: TaskWorkService,
    @Inject(SilencesService) private readonly silences: SilencesService,
  ) {}

  /** What came due while nobody ran waits no longer: instances that never live for a whole interval do their work too. */
  onApplicationBootstrap(): void {
    void this.askNextRoles();
    void this.followRoutes();
    void this.endClaims();
    void this.endSilences();
  }

  @Interval(EVERY_MS)
  askNextRoles(): Promise<void> {
    return this.#once('ask the next role', () => this.escalation.askDue());
  }

  @Interval(ROUTES_EVERY_MS)
  followRoutes(): Promise<void> {
    return this.#once('follow the routes', () => this.escalation.routeDue());
  }

  @Interval(EVERY_MS)
  endClaims(): Promise<void> {
    return this.#once('end claims', () => this.tasks.endLeases(LEASES_AT_ONCE));
  }

  @Interval(EVERY_MS)
  endSilences(): Promise<void> {
    return this.#once('end silences', () => this.silences.endDue(LEASES_AT_ONCE));
  }

  onModuleDestroy(): Promise<void> {
    return this.settled();
  }

  /** What has begun has come to its end. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  /** Never fails, and never runs beside itself: what could not be done now is due the next time. */
  #once(what: string, work: () => Promise<unknown>): Promise<void> {
    const running = this.#running.get(what);
    if (running) return running;
    const run = work()
      .then(() => void this.#failing.delete(what))
      .catch((error: unknown) => {
        // Said once: until the database is back, each time fails the same way.
        const cause = error instanceof AppError ? error.message : (error as Error).name;
        if (!this.#failing.has(what)) this.#logger.error(`could not ${what}: ${cause}`);
        this.#failing.add(what);
      })
      .finally(() => this.#running.delete(what));
    this.#running.set(what, run);
    return run;
  }
}

@Module({
  imports: [EscalationModule, TasksModule],
  providers: [EscalationClock],
})
export class EscalationClockModule {}
