import { setTimeout as sleep } from 'node:timers/promises';
import { type FhirClient, isAccepted, ReadRefused } from '../rig/index.js';
import { type Random } from '../sample/index.js';
import { type Step } from './domain/course.js';
import { examinePerson, type Fault } from './domain/examine.js';
import { type Letter } from './domain/letter.js';
import { type Account, type Ledger } from './ledger.js';
import { lookAt } from './look.js';
import { type Door } from './stand.js';

const SEND_TWICE = 0.15;
const RESEND_TWICE = 0.4;
const POLL_MS = 25;
/** Longer than any restart takes. */
const PATIENCE_MS = 120_000;
const MOST_ATTEMPTS = 200;
/** What a killed process has left with the database is committed or undone by then. */
const LOOKS = 10;
const BETWEEN_LOOKS_MS = 200;

/**
 * A laboratory's sender. It brings one client after another, each step when the one before is acknowledged. What gets
 * no 2xx is sent again once the service is back, but first the person is looked at: the letter must be there whole or
 * not at all.
 */
export class Feed {
  constructor(
    private readonly doors: readonly Door[],
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {}

  async bring(account: Account): Promise<void> {
    for (const step of account.course.steps) await this.#bringStep(account, step);
  }

  async #bringStep(account: Account, step: Step): Promise<void> {
    let pending = await this.#send(account, step, this.doors, SEND_TWICE);
    for (let attempt = 1; pending.length > 0; attempt++) {
      if (attempt === MOST_ATTEMPTS) throw new Error('a letter was refused or not answered again and again');
      const ready = await readyDoors(this.doors);
      const faults = await lookAgain(this.random.pick(ready), account, pending, this.ledger);
      // The service went away while it was read.
      if (faults === null) continue;
      faults.forEach((fault) => this.ledger.noteFault(fault));
      this.ledger.resent += pending.length;
      pending = await this.#send(account, pending, ready, RESEND_TWICE);
    }
  }

  /** @returns the letters that were not acknowledged */
  async #send(account: Account, step: Step, doors: readonly Door[], twice: number): Promise<Letter[]> {
    const sendings = step.flatMap((letter) => (this.random.chance(twice) ? [letter, letter] : [letter]));
    const sent = sendings.map(async (letter) => {
      const { sender } = this.random.pick(doors);
      if (await this.#post(sender, letter)) this.ledger.acknowledge(account, letter);
    });
    const before = new Set(account.acknowledged);
    await Promise.all(sent);
    return step.filter((letter) => !before.has(letter) && !account.acknowledged.has(letter));
  }

  async #post(sender: FhirClient, { bytes }: Letter): Promise<boolean> {
    const answer = await sender.post(bytes).catch(() => null);
    if (answer === null || answer.status === 503) return false;
    if (isAccepted(answer.status)) return true;
    this.ledger.noteFault({ kind: 'refused', detail: `${answer.status} ${answer.text.slice(0, 300)}` });
    return false;
  }
}

/** The instances that can take results now; waits for the first. @throws Error when none comes back */
export async function readyDoors(doors: readonly Door[]): Promise<Door[]> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const asked = await Promise.all(doors.map(({ service }) => service.isReady()));
    const ready = doors.filter((_, i) => asked[i]);
    if (ready.length > 0) return ready;
    await sleep(POLL_MS);
  }
  throw new Error('the service did not come back');
}

/**
 * Looks at a person until all is as it must be, for a while: a state that lasts is a fault.
 * @returns the faults; null when the service went away meanwhile
 */
export async function lookAgain(
  { reader }: Door,
  { course, acknowledged }: Account,
  unanswered: readonly Letter[],
  ledger: Ledger,
): Promise<Fault[] | null> {
  for (let look = 1; ; look++) {
    const seen = await lookAt(reader, course.patient).catch((error: unknown) => {
      if (error instanceof ReadRefused && error.status !== 503) throw error;
      return null;
    });
    if (seen === null) return null;
    ledger.examined++;
    const faults = examinePerson([...acknowledged], unanswered, seen);
    if (faults.length === 0 || look === LOOKS)
      return faults.map(({ kind, detail }) => ({ kind, detail: `${course.patient}: ${detail}` }));
    await sleep(BETWEEN_LOOKS_MS);
  }
}
