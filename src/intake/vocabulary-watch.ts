import {
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { TerminologyModule, TerminologyService } from '../terminology/index.js';
import { IntakeModule } from './intake.module.js';
import { Rejudging } from './rejudging.js';

const LOOK_EVERY_MS = 5000;
/** Whoever adds a mapping judges again what waits; here it is only what came in meanwhile and was read the old way. */
const OVERLAP_MS = 10 * 60_000;
/** Messages under way at the first pass may still have been read the old way. */
const PASSES = 2;

/** A running service notices mappings that another process has added, within seconds. */
@Injectable()
export class VocabularyWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Terminology');
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #passes = 0;

  constructor(
    private readonly clock: Clock,
    private readonly terminology: TerminologyService,
    private readonly rejudging: Rejudging,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.look());
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Never fails: what could not be done now is done at the next look. */
  async look(): Promise<void> {
    try {
      if (await this.terminology.follow()) {
        this.#passes = PASSES;
        this.#logger.log('new mappings are in force');
      }
      if (this.#passes === 0) return;
      const { results, understood } = await this.rejudging.waiting(
        new Date(this.clock.now().getTime() - OVERLAP_MS),
      );
      this.#passes--;
      if (results > 0) this.#logger.log(`judged ${results} results again, ${understood} understood now`);
    } catch (error) {
      this.#logger.warn(`could not look for new mappings: ${(error as Error).message}`);
    }
  }
}

@Module({ imports: [IntakeModule, TerminologyModule], providers: [VocabularyWatch] })
export class VocabularyWatchModule {}
