import { type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  to: string[];
  text: string;
}

/** What a mail server does at each step, where it is not to take what it is given. */
export interface MailBehaviour {
  recipient?: number;
  data?: number | 'silent' | 'drops';
}

/** A real SMTP server without TLS. */
export class MailReceiver {
  readonly received: Mail[] = [];
  behaviour: MailBehaviour = {};
  readonly #sockets = new Set<Socket>();
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, done) => done(),
    onRcptTo: (_address, _session, done) => done(fault(this.behaviour.recipient)),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { data } = this.behaviour;
        if (typeof data === 'number') return done(fault(data));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        this.received.push({ to, text: Buffer.concat(parts).toString() });
        if (data === 'drops') for (const socket of this.#sockets) socket.destroy();
        else if (data !== 'silent') done();
      });
    },
  });

  static async start(): Promise<MailReceiver> {
    const receiver = new MailReceiver();
    receiver.#server.server.on('connection', (socket: Socket) => {
      receiver.#sockets.add(socket);
      socket.on('close', () => receiver.#sockets.delete(socket));
    });
    receiver.#server.on('error', () => undefined);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', () => resolve()));
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function fault(responseCode: number | undefined): Error | null {
  return responseCode === undefined ? null : Object.assign(new Error('no, 13800004471'), { responseCode });
}
