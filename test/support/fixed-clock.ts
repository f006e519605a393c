import { Clock } from '../../src/kernel/index.js';

/** A clock that stands still until a test moves it. */
export class FixedClock extends Clock {
  #now: number;

  constructor(start: string | Date) {
    super();
    this.#now = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  set(instant: string | Date): void {
    this.#now = new Date(instant).getTime();
  }

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 } = by;
    this.#now += ((days * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1000 + ms;
  }
}
