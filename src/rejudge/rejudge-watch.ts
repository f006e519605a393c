import {
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Subscription } from 'rxjs';
import { RulesModule, RulesService } from '../rules/index.js';
import { RejudgeModule } from './rejudge.module.js';
import { RejudgeService } from './rejudge.service.js';

const LOOK_EVERY_MS = 5000;
const STRAYS_EVERY_LOOKS = 12;

/**
 * A running service: asks that stored people be judged by the rules it has in force, whenever these are others than
 * before, and works on the open job when nobody else does.
 */
@Injectable()
export class RejudgeWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Rejudging');
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #changes: Subscription | null = null;
  #looking: Promise<void> | null = null;
  /** For which version this process has asked. It asks once: an instance that lags behind must not ask again and again. */
  #askedFor: string | null = null;
  #looks = 0;

  constructor(
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(RejudgeService) private readonly rejudge: RejudgeService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#changes = this.rules.changes.subscribe(() => void this.#try(() => this.#ask()));
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
    await this.#try(() => this.#ask());
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#changes?.unsubscribe();
    this.#stopping.abort();
    await this.#looking;
  }

  /** Never fails: what could not be done now is done at the next look. One at a time; a job takes as long as it takes. */
  look(): Promise<void> {
    this.#looking ??= this.#try(() => this.#look()).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { signal } = this.#stopping;
    await this.#ask();
    await this.rejudge.run({ signal });
    if (this.#looks++ % STRAYS_EVERY_LOOKS === 0) await this.rejudge.followStrays(signal);
  }

  async #ask(): Promise<void> {
    const { version } = this.rules.current;
    if (version === this.#askedFor) return;
    await this.rejudge.request();
    this.#askedFor = version;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(`stored people could not be judged again now: ${(error as Error).message}`);
    }
  }
}

@Module({ imports: [RejudgeModule, RulesModule], providers: [RejudgeWatch] })
export class RejudgeWatchModule {}
