import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Config, CONFIG } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { clockTime, StaffMessages } from '../duty/index.js';
import { Clock, newId } from '../kernel/index.js';
import { RulesService } from '../rules/index.js';
import { type AlarmEntity } from './alarm.entity.js';
import { alarmInWords, type Trouble, troubles } from './domain/alarms.js';
import { WatchdogRepository } from './watchdog.repository.js';

/** Who hears of what is wrong with the service itself. */
const TOLD = ['administrator', 'manager'] as const;

/**
 * Watches those who do the work, by what they leave undone in the tables alone: what is stuck is raised, once over any
 * number of instances, and ends by itself when it goes on.
 */
@Injectable()
export class Watchdog {
  readonly #logger = new Logger('Watchdog');

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
    private readonly rules: RulesService,
    private readonly rows: WatchdogRepository,
    private readonly staff: StaffMessages,
  ) {}

  /** Looks once. @returns what is wrong now */
  async look(): Promise<Trouble[]> {
    const now = this.clock.now();
    const found = troubles(
      await this.rows.watched(now),
      this.rules.current.policy,
      now,
      this.config.timeZone,
    );
    const open = await this.rows.open();
    for (const trouble of found)
      if (!open.some(({ openKey }) => openKey === keyOf(trouble))) await this.#raise(trouble, now);
    for (const alarm of open)
      if (!found.some((trouble) => keyOf(trouble) === alarm.openKey)) await this.#end(alarm, now);
    return found;
  }

  /** What has been raised and lasts. */
  alarms(): Promise<AlarmEntity[]> {
    return this.rows.open();
  }

  async #raise(trouble: Trouble, now: Date): Promise<void> {
    const { kind, subject, since } = trouble;
    const id = newId();
    const isRaised = await this.work.run(async (manager) => {
      const alarm = { id, kind, subject, since, openKey: keyOf(trouble), raisedAt: now, endedAt: null };
      if (!(await this.rows.raise(manager, alarm))) return false;
      for (const role of TOLD) {
        await this.staff.tell(manager, role, {
          ...{ key: `alarm/${id}/${role}`, template: 'alarm', urgency: 'A', taskId: null, personId: null },
          values: (language) => ({
            alarm: alarmInWords(trouble, language),
            'due-time': clockTime(since, this.config.timeZone),
          }),
        });
      }
      return true;
    });
    if (isRaised) this.#logger.error(`${alarmInWords(trouble, 'en')}, since ${since.toISOString()}`);
  }

  async #end(alarm: AlarmEntity, now: Date): Promise<void> {
    const isOver = await this.work.run((manager) => this.rows.end(manager, alarm.id, now));
    if (isOver) this.#logger.log(`over: ${alarmInWords(alarm, 'en')}`);
  }
}

function keyOf({ kind, subject }: Pick<Trouble, 'kind' | 'subject'>): string {
  return `${kind}:${subject}`;
}
