import { hostname } from 'node:os';
import {
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { FilesOnDisk } from './files-on-disk.js';
import { RulesModule } from './rules.module.js';
import { RulesService } from './rules.service.js';

/**
 * A change is in force within some three seconds: seen within one, and still for one. Five are promised. A look asks
 * after each of some 150 files: at twice the pace it took a fiftieth of a processor from those who send results.
 */
const LOOK_EVERY_MS = 1000;
/** So many looks in a row must see the same before the files are read. */
const STILL_LOOKS = 2;

/**
 * A running service follows its rule files. It looks at them from outside (a folder may lie on a share, where the
 * operating system tells of no change), and reads them when they have been still for a second: editors save in steps,
 * and folders are copied file by file.
 */
@Injectable()
export class RulesWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Rules');
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  /** What the last looks saw, while it differs from what was read, and how many of them in a row. */
  #seen = { look: '', times: 0 };
  #isFailing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rules: RulesService,
    private readonly disk: FilesOnDisk,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rules.serveAs(`${hostname()}:${this.config.port}`);
    this.#timer = setInterval(() => {
      this.#looking ??= this.look().finally(() => (this.#looking = null));
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Never fails: what could not be done now is done at the next look. */
  async look(): Promise<void> {
    const { look, isRead } = await this.disk.look();
    const times = isRead ? 0 : look === this.#seen.look ? this.#seen.times + 1 : 1;
    this.#seen = { look, times };
    if (times < STILL_LOOKS) return;
    try {
      await this.rules.reload({ cause: 'watch', actor: null });
      this.#isFailing = false;
    } catch (error) {
      if (error instanceof AppError && error.code === 'rules-refused') return;
      // Said once: until the database is back, each look fails the same way.
      if (!this.#isFailing) this.#logger.warn(`could not reload the rules: ${(error as Error).message}`);
      this.#isFailing = true;
    }
  }
}

@Module({ imports: [RulesModule], providers: [RulesWatch] })
export class RulesWatchModule {}
