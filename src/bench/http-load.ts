import { setTimeout as sleep } from 'node:timers/promises';
import { FhirClient, isAccepted } from '../rig/index.js';
import { type Body } from './bodies.js';

/** What sending some bodies took. Times in milliseconds. */
export interface Load {
  people: number;
  elapsed: number;
  /** From the request to the end of its answer; when paced, from the moment it was due. */
  latencies: number[];
}

/** Sends Bundles to the service through keep-alive connections. */
export class Sender {
  readonly #client: FhirClient;

  constructor(port: number, key: string, connections: number) {
    this.#client = new FhirClient(port, key, connections);
  }

  /** Every client sends its next body as soon as its last was answered. */
  async closedLoop(bodies: readonly Body[], clients: number): Promise<Load> {
    const latencies: number[] = [];
    let next = 0;
    const client = async (): Promise<void> => {
      for (let body = bodies[next++]; body; body = bodies[next++]) {
        const start = performance.now();
        await this.post(body);
        latencies.push(performance.now() - start);
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: clients }, client));
    return { people: bodies.length, elapsed: performance.now() - start, latencies };
  }

  /** Sends at a steady rate, whether answers come or not; a late answer delays nobody but counts from its due time. */
  async openLoop(make: () => Body, perSecond: number, people: number): Promise<Load> {
    const latencies: number[] = [];
    const open: Promise<void>[] = [];
    const start = performance.now();
    for (let i = 0; i < people; i++) {
      const due = start + (i * 1000) / perSecond;
      const body = make();
      const wait = due - performance.now();
      if (wait > 1) await sleep(wait);
      const sent = this.post(body).then(() => void latencies.push(performance.now() - due));
      // Until everybody is awaited below, a refusal must not end the process unheard.
      sent.catch(() => undefined);
      open.push(sent);
    }
    await Promise.all(open);
    return { people, elapsed: performance.now() - start, latencies };
  }

  /** Sends one body. @throws Error when the answer is not a 2xx. */
  async post(body: Body): Promise<void> {
    const { status, text } = await this.#client.post(body.bytes);
    if (!isAccepted(status)) throw new Error(`POST /fhir answered ${status}: ${text.slice(0, 500)}`);
  }

  close(): void {
    this.#client.close();
  }
}
