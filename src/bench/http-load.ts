import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
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
  readonly #agent: Agent;

  constructor(
    private readonly port: number,
    private readonly key: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
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
  post(body: Body): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/fhir+json',
        'content-length': body.bytes.length,
      };
      const options = {
        agent: this.#agent,
        host: '127.0.0.1',
        port: this.port,
        path: '/fhir',
        method: 'POST',
        headers,
      };
      const outgoing = request(options, (answer) => {
        const status = answer.statusCode ?? 0;
        const accepted = status >= 200 && status < 300;
        let text = '';
        if (accepted) answer.resume();
        else
          answer.setEncoding('utf8').on('data', (part: string) => (text += text.length < 2000 ? part : ''));
        answer.on('error', reject);
        answer.on('end', () => {
          if (accepted) resolve();
          else reject(new Error(`POST /fhir answered ${status}: ${text.slice(0, 500)}`));
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body.bytes);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
