import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random } from '../../sample/index.js';

/** How often a gateway fails, and how. */
const FAILS = 0.15;
const HANGS_UP = 0.1;
const IS_SILENT = 0.03;
const LONGEST_WORK_MS = 80;

/** A gateway of SMS that honours `OutId`, and otherwise is as bad as gateways are. */
export class Gateway {
  /** How often each message was asked for. */
  readonly asked = new Map<string, number>();
  /** Messages that it sent: once each, since it knows them again. */
  readonly sent = new Set<string>();
  /** How often each number was sent a message of each task: `NUMBER REFERENCE`. */
  readonly received = new Map<string, number>();
  /** Messages that two asked for at the same moment. */
  readonly overlapping = new Set<string>();
  readonly #busy = new Set<string>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(
    private readonly random: Random,
    /** Told of each message that was sent. */
    private readonly onSent: (id: string) => void,
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      await this.#take(form, request, response);
    } catch {
      // Whoever asked was killed in the midst of it.
    }
  }

  async #take(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = form.get('OutId') ?? '';
    this.asked.set(id, (this.asked.get(id) ?? 0) + 1);
    if (this.#busy.has(id)) this.overlapping.add(id);
    this.#busy.add(id);
    await sleep(this.random.between(0, LONGEST_WORK_MS));
    this.#busy.delete(id);
    if (this.random.chance(FAILS)) {
      response.writeHead(503).end();
      return;
    }
    if (!this.sent.has(id)) {
      this.sent.add(id);
      const about = JSON.parse(form.get('TemplateParam') ?? '{}') as { 'task-ref'?: string };
      const key = `${form.get('PhoneNumbers') ?? ''} ${about['task-ref'] ?? ''}`;
      this.received.set(key, (this.received.get(key) ?? 0) + 1);
      this.onSent(id);
    }
    if (this.random.chance(HANGS_UP)) request.socket.destroy();
    else if (!this.random.chance(IS_SILENT)) {
      response.end(JSON.stringify({ Code: 'OK', BizId: `biz-${id}` }));
    }
  }
}
