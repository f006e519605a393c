import { setTimeout as sleep } from 'node:timers/promises';
import { type Random } from '../sample/index.js';
import { type Ledger } from './ledger.js';
import { type Stand, type Victim } from './stand.js';

/** Letters acknowledged between two kills. */
const FEWEST_BETWEEN = 3;
const MOST_BETWEEN = 60;
/** Spreads the kills over what happens within one request. */
const WITHIN_REQUEST_MS = 30;
const ALL_AT_ONCE = 0.15;
const DIES_AGAIN = 0.2;
const STARTING_MS = 2_000;
const PATIENCE_MS = 120_000;
const MOST_STARTS = 5;

export type KillKind = 'service' | 'database' | 'both';

/**
 * Kills one of the victims, or all at once, again and again under load, at moments drawn from the seed; sometimes a
 * second time while it starts. What was killed is started again, as a service manager does.
 */
export class Fate {
  readonly #services: readonly Victim[];
  /** The service's instances, the database, or both: each kind is struck as often as the other. */
  readonly #kinds: readonly (readonly Victim[])[];

  constructor(
    { doors, database }: Stand,
    kind: KillKind,
    private readonly ledger: Ledger,
    private readonly random: Random,
    private readonly say: (text: string) => void,
  ) {
    this.#services = doors.map(({ service }) => service);
    const databases = database ? [database] : [];
    const kinds = { service: [this.#services], database: [databases], both: [databases, this.#services] };
    this.#kinds = kinds[kind];
    if (this.#kinds.some((victims) => victims.length === 0))
      throw new RangeError('there is nothing of this kind to kill');
  }

  async strike(kills: number): Promise<void> {
    for (let left = kills; left > 0;) {
      await within(
        this.ledger.untilAcknowledged(this.random.integer(FEWEST_BETWEEN, MOST_BETWEEN)),
        'nothing was acknowledged for two minutes',
      );
      await sleep(this.random.between(0, WITHIN_REQUEST_MS));
      const struck = this.#draw();
      left -= struck.length;
      await Promise.all(struck.map((victim) => this.#kill(victim)));
      struck.forEach((victim) => victim.launch());
      if (left > 0 && this.random.chance(DIES_AGAIN)) {
        left--;
        await sleep(this.random.between(0, STARTING_MS));
        const again = this.random.pick(struck);
        await this.#kill(again);
        again.launch();
      }
      await this.#restore(struck);
      this.say(`${kills - left} kills, ${this.ledger.acknowledged} acknowledged`);
    }
  }

  #draw(): Victim[] {
    const all = this.#kinds.flat();
    const isEverything = all.length > 1 && this.random.chance(ALL_AT_ONCE);
    // The database first: it is started first, too.
    return isEverything ? all : [this.random.pick(this.random.pick(this.#kinds))];
  }

  async #kill(victim: Victim): Promise<void> {
    await victim.kill();
    this.ledger.noteKill(victim.name);
  }

  /** Until everything is ready again. A service that lost its database while it started is started once more. */
  async #restore(struck: readonly Victim[]): Promise<void> {
    const lostDatabase = struck.some((victim) => !this.#services.includes(victim));
    for (const victim of struck) {
      for (let start = 1; ; start++) {
        try {
          await victim.untilReady();
          break;
        } catch (fault) {
          if (victim.isRunning || !lostDatabase || start === MOST_STARTS) throw fault;
          victim.launch();
        }
      }
    }
    for (const service of this.#services) {
      if (service.isRunning) continue;
      this.ledger.noteFault({ kind: 'ended', detail: `${service.name} ended though nobody killed it` });
      service.launch();
    }
  }
}

async function within<T>(work: Promise<T>, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
