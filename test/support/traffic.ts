import { type TestApp } from './app.js';
import { bundleOf, mrnOf, observation, person } from './messages.js';

/** One message, and how it was answered. */
export interface Sent {
  mrn: string;
  status: number;
  /** Milliseconds from request to answer. */
  took: number;
}

/**
 * Senders that never stop until they are told to: each sends a new client's white cells and haemoglobin, waits for the
 * answer, and sends the next.
 */
export class Traffic {
  readonly sent: Sent[] = [];
  readonly #waits = new Set<{ until: number; end: () => void }>();
  readonly #senders: Promise<void>[];
  #isOver = false;

  constructor(
    private readonly app: TestApp,
    private readonly values: { wbc: number; hb: number },
    senders = 2,
  ) {
    this.#senders = Array.from({ length: senders }, () => this.#send());
  }

  async #send(): Promise<void> {
    while (!this.#isOver) {
      const patient = person();
      const results = [observation({ wbc: this.values.wbc }), observation({ hb: this.values.hb })];
      const start = performance.now();
      const { status } = await this.app.post('/fhir', bundleOf(patient, results));
      this.sent.push({ mrn: mrnOf(patient), status, took: performance.now() - start });
      for (const wait of this.#waits) if (this.sent.length >= wait.until) wait.end();
    }
  }

  /** Waits until so many more messages have been answered. */
  more(messages: number): Promise<void> {
    return new Promise((resolve) => {
      const wait = {
        until: this.sent.length + messages,
        end: () => {
          this.#waits.delete(wait);
          resolve();
        },
      };
      this.#waits.add(wait);
    });
  }

  async stop(): Promise<readonly Sent[]> {
    this.#isOver = true;
    await Promise.all(this.#senders);
    return this.sent;
  }
}
