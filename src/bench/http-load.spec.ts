import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Bodies } from './bodies.js';
import { Sender } from './http-load.js';

const NOW = new Date('2026-11-22T02:30:00Z');

describe('sending', () => {
  const received: { serial: string; bytes: number; key: string | undefined }[] = [];
  let answer: { status: number; afterMs: number } = { status: 200, afterMs: 0 };
  /** Answers are held back until so many wait together: the clients are proved by their number, not by the clock. */
  let together = 1;
  let held: (() => void)[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  let server: Server;
  let port = 0;
  const bodies = new Bodies('spec', NOW);

  beforeAll(async () => {
    server = createServer((request, response) => {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const serial = /KH\d{8}/.exec(text)?.[0] ?? '';
        received.push({ serial, bytes: Buffer.byteLength(text), key: request.headers.authorization });
        held.push(() => {
          atOnce--;
          response.writeHead(answer.status).end('{"issue":"refused"}');
        });
        if (held.length < together) return;
        const released = held;
        held = [];
        setTimeout(() => released.forEach((release) => release()), answer.afterMs);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    received.length = 0;
    mostAtOnce = 0;
    together = 1;
    answer = { status: 200, afterMs: 0 };
  });
  afterAll(() => new Promise((closed) => server.close(closed)));

  it('goes through so many clients at once and no more, each body once', async () => {
    together = 8;
    answer = { status: 200, afterMs: 5 };
    const sender = new Sender(port, 'k', 8);
    const load = await sender.closedLoop(bodies.take(40), 8);
    sender.close();
    expect(load).toMatchObject({ people: 40 });
    expect(load.latencies).toHaveLength(40);
    expect(Math.min(...load.latencies)).toBeGreaterThanOrEqual(4);
    expect(mostAtOnce).toBe(8);
    expect(new Set(received.map(({ serial }) => serial)).size).toBe(40);
    expect(received.every(({ key }) => key === 'Bearer k')).toBe(true);
  });

  it('keeps its pace, and counts the waiting of a service that does not', async () => {
    answer = { status: 200, afterMs: 60 };
    const sender = new Sender(port, 'k', 1);
    const load = await sender.openLoop(() => bodies.next(), 100, 10);
    sender.close();
    // One connection takes 60 ms a body, one is due every 10 ms: the last has waited for all before it.
    expect(Math.max(...load.latencies)).toBeGreaterThan(400);
  });

  it('stops at a refusal and says what was answered', async () => {
    answer = { status: 422, afterMs: 0 };
    const sender = new Sender(port, 'k', 1);
    await expect(sender.closedLoop(bodies.take(1), 1)).rejects.toThrow(/422.*refused/);
    sender.close();
  });
});

describe('bodies', () => {
  it('are valid JSON of one person each, nobody twice, one in fourteen important', () => {
    const bodies = new Bodies('spec', NOW);
    const made = bodies.take(600);
    expect(new Set(made.map(({ serial }) => serial)).size).toBe(600);
    expect(made.filter(({ important }) => important).length).toBe(42);
    for (const { bytes, serial } of [made[0]!, made[13]!, made[599]!]) {
      const text = bytes.toString('utf8');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      expect(text).not.toContain('#-');
      expect(text.split(serial).length).toBeGreaterThan(60);
    }
    expect(bodies.nextThat(true).important).toBe(true);
    expect(bodies.nextThat(false).important).toBe(false);
    expect(bodies.made).toBe(602);
  });
});
