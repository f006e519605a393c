import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Clock } from '../kernel/index.js';
import { RulesService } from '../rules/index.js';
import { type Counted, MetricsRepository } from './metrics.repository.js';

/** From a fraction of the goal for one POST (6 ms) to what a sender would take for an outage. */
const SECONDS = [0.001, 0.002, 0.004, 0.006, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** A scrape asks the database at most this often, however many scrapers there are. */
const READ_EVERY_MS = 5_000;
const TOLD_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/** Prometheus text: the process, requests, and what the people on duty should worry about. */
@Injectable()
export class Metrics implements OnModuleDestroy {
  readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: 'firstcall_http_request_seconds',
    help: 'Time from the request to its answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #feeds = this.#gauge(
    'firstcall_feed_silence_seconds',
    'Seconds since a feed was last heard; since its key was made when it never was.',
    ['feed'],
  );
  readonly #tasks = this.#gauge('firstcall_open_tasks', 'Open tasks.', ['code', 'urgency', 'status']);
  readonly #overdue = this.#gauge('firstcall_overdue_tasks', 'Open tasks beyond their due time.', [
    'code',
    'urgency',
  ]);
  readonly #told = this.#gauge('firstcall_told_tasks', 'Calls completed by telling in the last 24 h.', [
    'urgency',
    'in_time',
  ]);
  readonly #tellSeconds = this.#gauge(
    'firstcall_tell_seconds',
    'From the beginning of a call to its telling, of those told in the last 24 h.',
    ['urgency', 'quantile'],
  );
  readonly #doubts = this.#gauge('firstcall_data_quality_items', 'Measurements that cannot be judged.', [
    'reason',
  ]);
  readonly #messages = this.#gauge('firstcall_messages', 'Messages on their way, and lost ones.', [
    'channel',
    'state',
  ]);
  readonly #messageDelay = this.#gauge(
    'firstcall_message_delay_seconds',
    'For how long the message that waits for longest has been due.',
    [],
  );
  readonly #alarms = this.#gauge('firstcall_alarms', 'What the watchdog has raised and lasts.', [
    'kind',
    'subject',
  ]);
  readonly #rejudging = this.#gauge(
    'firstcall_rejudging_people',
    'Stored people, and results that wait for theirs, under the rules that came into force last.',
    ['state'],
  );
  readonly #database = this.#gauge('firstcall_database_up', '1 while the database answers.', []);
  readonly #rulesVersion = this.#gauge(
    'firstcall_rules_version_info',
    '1 for the version of the rules in force.',
    ['version'],
  );
  readonly #rulesRefused = this.#gauge(
    'firstcall_rules_reload_failed',
    '1 while the rule files on disk are refused and the last good version goes on.',
    [],
  );
  readonly #rulesGone = this.#gauge(
    'firstcall_rules_gone',
    'Rules that have gone from the files since the service was started, or while it was not.',
    [],
  );
  readonly #rulesSince = this.#gauge(
    'firstcall_rules_in_force_since_seconds',
    'When the version in force came into force on this instance, in seconds since 1970.',
    [],
  );
  #readAt = -Infinity;
  #toldAt = -Infinity;
  #reading: Promise<void> | null = null;

  constructor(
    @Inject(MetricsRepository) private readonly figures: MetricsRepository,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts one answered request; the route is its pattern, never an address. */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status }, seconds);
  }

  async text(): Promise<string> {
    if (performance.now() - this.#readAt > READ_EVERY_MS) {
      // Without its database the process still has figures worth seeing.
      this.#reading ??= this.#read()
        .then(
          () => this.#database.set(1),
          () => this.#database.set(0),
        )
        .finally(() => {
          this.#reading = null;
        });
      await this.#reading;
    }
    this.#showRules();
    return this.registry.metrics();
  }

  #showRules(): void {
    const { current, refusal, inForceSince, gone } = this.rules;
    this.#rulesVersion.reset();
    this.#rulesVersion.set({ version: current.version }, 1);
    this.#rulesRefused.set(refusal ? 1 : 0);
    this.#rulesGone.set(gone.length);
    this.#rulesSince.set(inForceSince.getTime() / 1000);
  }

  onModuleDestroy(): void {
    this.registry.clear();
  }

  async #read(): Promise<void> {
    const now = this.clock.now();
    const feeds = await this.figures.feeds();
    set(
      this.#feeds,
      feeds.map(({ name, lastSeenAt, createdAt }) => ({
        labels: { feed: name },
        count: Math.max(0, (now.getTime() - (lastSeenAt ?? createdAt).getTime()) / 1000),
      })),
    );
    set(this.#tasks, await this.figures.openTasks());
    set(this.#overdue, await this.figures.overdueTasks(now));
    set(this.#doubts, await this.figures.dataQuality());
    set(this.#messages, await this.figures.messages());
    this.#messageDelay.set(await this.figures.messageDelay(now));
    set(this.#alarms, await this.figures.alarms());
    const { judged, left, failed } = await this.figures.rejudging(now);
    set(
      this.#rejudging,
      Object.entries({ judged, left, failed }).map(([state, count]) => ({ labels: { state }, count })),
    );
    await this.#readTold(now);
    this.#readAt = performance.now();
  }

  /** Looks through a day of calls: less often than the rest. */
  async #readTold(now: Date): Promise<void> {
    if (performance.now() - this.#toldAt < TOLD_EVERY_MS) return;
    const since = new Date(now.getTime() - DAY_MS);
    set(this.#told, await this.figures.told(since));
    set(this.#tellSeconds, await this.figures.tellSeconds(since));
    this.#toldAt = performance.now();
  }

  #gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}

/** What has no row any more has no series any more. */
function set(gauge: Gauge, figures: readonly Counted[]): void {
  gauge.reset();
  for (const { labels, count } of figures) gauge.set(labels, count);
}
