import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a receiver behaves at one request. It has read the whole of it in any case. */
export type Behaviour =
  | { status: number; headers?: Record<string, string>; body?: string }
  /** Never answers. */
  | 'silent'
  /** Takes it and drops the connection. */
  | 'drops'
  /** Begins its answer and stops in the middle. */
  | 'stalls';
type Behave = (request: Received, nth: number) => Behaviour | Promise<Behaviour>;

/** A real HTTP server that does what a test wants at each request, and remembers them all. */
export class HttpReceiver {
  readonly received: Received[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new Set<Socket>();
  #behave: Behave;

  private constructor(behave: Behave) {
    this.#behave = behave;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(behave: Behave): Promise<HttpReceiver> {
    const receiver = new HttpReceiver(behave);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Behaves otherwise from now on; `nth` counts from 0 again. */
  now(behave: Behave): void {
    this.received.length = 0;
    this.#behave = behave;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { url: path = '', headers } = request;
    const received = { path, headers, body: Buffer.concat(parts).toString() };
    const behaviour = await this.#behave(received, this.received.push(received) - 1);
    if (behaviour === 'silent') return;
    if (behaviour === 'drops') {
      request.socket.destroy();
      return;
    }
    if (behaviour === 'stalls') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{');
      return;
    }
    response.writeHead(behaviour.status, behaviour.headers);
    response.end(behaviour.body ?? '');
  }
}
