import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DateTime } from 'luxon';
import { type Config, CONFIG } from '../config/index.js';
import { EVERYBODY, UnitOfWork } from '../database/index.js';
import { clockTime, DutyModule, StaffMessages } from '../duty/index.js';
import { Clock } from '../kernel/index.js';
import { RulesModule, RulesService } from '../rules/index.js';
import { summaryInWords } from './domain/summary.js';
import { FiguresService } from './figures.service.js';
import { ReportsModule } from './reports.module.js';

const LOOK_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/** 每日小结: how the last 24 hours went, to the manager, at the policy's time, once a day over any number of instances. */
@Injectable()
export class DailySummary {
  readonly #logger = new Logger('Summary');
  /** The day that this process has seen to. */
  #done: string | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(RulesService) private readonly rules: RulesService,
    @Inject(FiguresService) private readonly figures: FiguresService,
    @Inject(StaffMessages) private readonly staff: StaffMessages,
  ) {}

  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    await this.send().catch((error: unknown) =>
      this.#logger.error(`could not sum up the day: ${(error as Error).name}`),
    );
  }

  /** Sends what is due. The key names the day: whoever comes second adds nothing. @returns whether it was due here */
  async send(): Promise<boolean> {
    const now = this.clock.now();
    const zone = this.config.timeZone;
    const local = DateTime.fromJSDate(now, { zone });
    const day = local.toFormat('yyyy-MM-dd');
    if (this.#done === day || local.toFormat('HH:mm') < this.rules.current.policy.summary.at) return false;
    const classes = await this.figures.classes(
      { since: new Date(now.getTime() - DAY_MS), until: now },
      EVERYBODY,
    );
    await this.work.run((manager) =>
      this.staff.tell(manager, 'manager', {
        ...{ key: `summary/${day}`, template: 'summary', urgency: 'C', taskId: null, personId: null },
        values: (language) => ({
          figures: summaryInWords(classes, language),
          'due-time': clockTime(now, zone),
        }),
      }),
    );
    this.#done = day;
    return true;
  }
}

@Module({ imports: [DutyModule, ReportsModule, RulesModule], providers: [DailySummary] })
export class DailySummaryModule {}
