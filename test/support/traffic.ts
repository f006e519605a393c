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
  readonly #senders: Promise<void>[];
  #isOver = false;

  constructor(
    private readonly app: TestApp,
    private readonly values: { wbc: number; hb: number },
    senders = 3,
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
    }
  }

  /** Waits until so many more messages have been answered. */
  async more(messages: number): Promise<void> {
    const enough = this.sent.length + messages;
    while (this.sent.length < enough) await new Promise((next) => setImmediate(next));
  }

  async stop(): Promise<readonly Sent[]> {
    this.#isOver = true;
    await Promise.all(this.#senders);
    return this.sent;
  }
}
