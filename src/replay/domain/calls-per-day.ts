/** Tasks of one kind under one version, over the days of the past. */
export interface DailyLoad {
  total: number;
  /** A day on which results were released. */
  perDay: number;
  busiest: { day: string; tasks: number } | null;
}

export type Version = 'inForce' | 'draft';
export type Kind = 'calls' | 'reviews';

export interface DayOfTasks {
  day: string;
  inForce: Record<Kind, number>;
  draft: Record<Kind, number>;
}

/** How many tasks open on each day under either version; its size is that of the calendar. */
export class TaskCalendar {
  readonly #days = new Map<string, DayOfTasks>();

  /** A result was released on this day. */
  released(day: string): void {
    this.#day(day);
  }

  opened(version: Version, kind: Kind, day: string): void {
    this.#day(day)[version][kind]++;
  }

  /** Days on which results were released, oldest first. */
  get days(): DayOfTasks[] {
    return [...this.#days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  load(version: Version, kind: Kind): DailyLoad {
    const days = this.days;
    let total = 0;
    let busiest: DailyLoad['busiest'] = null;
    for (const { day, [version]: counts } of days) {
      const tasks = counts[kind];
      total += tasks;
      if (tasks > (busiest?.tasks ?? 0)) busiest = { day, tasks };
    }
    return { total, perDay: days.length === 0 ? 0 : Number((total / days.length).toFixed(2)), busiest };
  }

  #day(day: string): DayOfTasks {
    let known = this.#days.get(day);
    if (!known) {
      known = { day, inForce: { calls: 0, reviews: 0 }, draft: { calls: 0, reviews: 0 } };
      this.#days.set(day, known);
    }
    return known;
  }
}
