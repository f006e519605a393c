/** How much may be held by one transaction of the job: who comes meanwhile waits for it. */
const QUIET_MS = 60;
const BUSY_MS = 15;
const FIRST = 8;
const MOST = 64;
/** Rows of results: a few people with a wearable have as many as a thousand others. */
const MOST_ROWS = 8000;

/** Somebody who waits to be judged again, and how many rows of results they have. */
export interface WaitingPerson {
  id: string;
  rows: number;
}

/** How many people are judged in one transaction: as many as take a moment, on whatever machine. */
export class Pace {
  #atOnce = FIRST;

  /** @param most never more than this */
  constructor(private readonly most = MOST) {}

  /** The next ones of a list: one at least, and as many as may be taken at once. */
  next(waiting: readonly WaitingPerson[]): WaitingPerson[] {
    const next = waiting.slice(0, Math.min(this.#atOnce, this.most));
    let rows = 0;
    const tooMany = next.findIndex((one, i) => (rows += one.rows) > MOST_ROWS && i > 0);
    return tooMany < 0 ? next : next.slice(0, tooMany);
  }

  /**
   * @param tookMs how long so many people took
   * @param isBusy whether others were served meanwhile
   */
  note(people: number, tookMs: number, isBusy: boolean): void {
    const fitting = Math.floor(((isBusy ? BUSY_MS : QUIET_MS) * people) / Math.max(tookMs, 0.1));
    // One slow turn says little of the next: twice as many at most, and half as many at least unless others wait.
    const least = isBusy ? 1 : Math.ceil(this.#atOnce / 2);
    this.#atOnce = Math.max(least, Math.min(fitting, this.#atOnce * 2, MOST), 1);
  }
}
