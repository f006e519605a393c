import { type Course } from './domain/course.js';
import { type FaultKind } from './domain/examine.js';
import { type Letter } from './domain/letter.js';

/** A client of the laboratory: their course, and which of its letters were acknowledged. */
export interface Account {
  course: Course;
  acknowledged: Set<Letter>;
}

export interface SoakFault {
  /** Besides what can be wrong with a person: an answer that tells a feed to give up, a process that ended unasked. */
  kind: FaultKind | 'refused' | 'ended';
  detail: string;
}

/** What was sent, what was acknowledged, and everything that was wrong. */
export class Ledger {
  readonly accounts: Account[] = [];
  readonly #faults = new Map<string, SoakFault>();
  readonly kills = new Map<string, number>();
  /** Answers of 2xx. */
  acknowledged = 0;
  /** Letters that got no 2xx, and were sent again. */
  resent = 0;
  /** Times that a person was looked at. */
  examined = 0;
  #awaiting: { count: number; resolve: () => void }[] = [];

  open(course: Course): Account {
    const account = { course, acknowledged: new Set<Letter>() };
    this.accounts.push(account);
    return account;
  }

  acknowledge(account: Account, letter: Letter): void {
    account.acknowledged.add(letter);
    this.acknowledged++;
    const due = this.#awaiting.filter(({ count }) => count <= this.acknowledged);
    this.#awaiting = this.#awaiting.filter((one) => !due.includes(one));
    due.forEach(({ resolve }) => resolve());
  }

  /** Resolves as soon as so many more were acknowledged. */
  untilAcknowledged(more: number): Promise<void> {
    return new Promise((resolve) => this.#awaiting.push({ count: this.acknowledged + more, resolve }));
  }

  noteKill(name: string): void {
    this.kills.set(name, (this.kills.get(name) ?? 0) + 1);
  }

  /** Each fault counts once, however often it is seen. */
  noteFault(fault: SoakFault): void {
    this.#faults.set(`${fault.kind} ${fault.detail}`, fault);
  }

  get faults(): SoakFault[] {
    return [...this.#faults.values()];
  }

  /** Results that were acknowledged, each once however often it was sent or corrected. */
  get results(): number {
    return this.accounts.reduce((sum, { acknowledged }) => {
      const keys = [...acknowledged].flatMap(({ versions }) => versions.map(({ key }) => key));
      return sum + new Set(keys.filter((key) => /^(Observation|DiagnosticReport) /.test(key))).size;
    }, 0);
  }

  count(kind: SoakFault['kind']): number {
    return this.faults.filter((fault) => fault.kind === kind).length;
  }
}
