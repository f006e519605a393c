import { Agent, type IncomingMessage, request } from 'node:http';

export interface Answer {
  status: number;
  /** The beginning of what was answered, where it is no 2xx. */
  text: string;
}

/** A read that was answered, but not by 200. */
export class ReadRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const TEXT_KEPT = 2000;

/** Sends to, and reads from, the service on one port, through keep-alive connections. */
export class FhirClient {
  readonly #agent: Agent;

  constructor(
    private readonly port: number,
    private readonly key: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  /**
   * Posts a Bundle. A 2xx is an acknowledgement from its first line on, also when the rest of the answer breaks off.
   * @throws Error when no answer begins
   */
  post(bytes: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/fhir+json',
        'content-length': bytes.length,
      };
      const target = { host: '127.0.0.1', port: this.port, path: '/fhir', method: 'POST' };
      const outgoing = request({ agent: this.#agent, ...target, headers }, (incoming) =>
        readAnswer(incoming, resolve),
      );
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
  }

  /** Reads a resource, or a search. @throws ReadRefused when the answer is not 200, Error when there is none */
  async get(path: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      headers: { authorization: `Bearer ${this.key}` },
    });
    if (!answer.ok) {
      const text = (await answer.text()).slice(0, 300);
      throw new ReadRefused(answer.status, `GET ${path} answered ${answer.status}: ${text}`);
    }
    return answer.json();
  }

  close(): void {
    this.#agent.destroy();
  }
}

function readAnswer(incoming: IncomingMessage, resolve: (answer: Answer) => void): void {
  const status = incoming.statusCode ?? 0;
  let text = '';
  if (isAccepted(status)) incoming.resume();
  else
    incoming.setEncoding('utf8').on('data', (part: string) => (text += text.length < TEXT_KEPT ? part : ''));
  const answered = (): void => resolve({ status, text });
  incoming.on('error', answered).on('end', answered).on('close', answered);
}

export function isAccepted(status: number): boolean {
  return status >= 200 && status < 300;
}
