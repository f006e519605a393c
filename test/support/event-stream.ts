import { type TaskChanged } from '../../src/workbench/queue-stream.dto.js';

interface StreamEvent {
  type: string;
  id: string;
  data: TaskChanged;
}

/** A listener to server-sent events, as a browser is one. */
export class EventStream {
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  #text = '';
  #read = 0;
  readonly #waiting: (() => void)[] = [];

  private constructor(
    body: ReadableStream<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.ended = this.#listen(body);
  }

  static async open(url: string, key: string, lastEventId?: string): Promise<EventStream> {
    const abort = new AbortController();
    const headers = {
      authorization: `Bearer ${key}`,
      accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const { status, body } = await fetch(url, { headers, signal: abort.signal });
    if (status !== 200 || !body) throw new Error(`the stream answers ${status}`);
    return new EventStream(body, abort);
  }

  /** Everything that came. */
  get text(): string {
    return this.#text;
  }

  /** The next event of a type, that is the one meant; others are passed over. */
  async next(type: string, isMeant: (data: TaskChanged) => boolean = () => true): Promise<StreamEvent> {
    for (;;) {
      for (let event = this.#take(); event; event = this.#take()) {
        if (event.type === type && isMeant(event.data)) return event;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  close(): void {
    this.abort.abort();
  }

  #take(): StreamEvent | null {
    const end = this.#text.indexOf('\n\n', this.#read);
    if (end < 0) return null;
    const lines = this.#text.slice(this.#read, end).split('\n');
    this.#read = end + 2;
    const field = (name: string): string =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    if (!field('data')) return this.#take();
    return { type: field('event'), id: field('id'), data: JSON.parse(field('data')) as TaskChanged };
  }

  async #listen(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body) {
        this.#text += decoder.decode(bytes, { stream: true });
        this.#waiting.splice(0).forEach((wake) => wake());
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
  }
}
