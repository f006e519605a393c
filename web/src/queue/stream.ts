import type { Schemas } from '../api/client';

const ADDRESS = '/api/queue/stream';
const SHARED = 'firstcall.queue-stream';
/** The service sends a heartbeat every 15 s; after this long without any the connection hangs, as after sleep. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** A task that changed; or that the list is to be looked at as of now, since something may have been missed. */
export type Heard = { type: 'task'; task: Schemas['TaskChanged'] } | { type: 'look'; asOf: string };

/**
 * Listens to what changes in the queue. However many tabs listen, the browser has one connection, which is handed on when
 * its tab goes: over HTTP/1.1 six of them would leave none for anything else. Where nothing can be shared each has its own.
 * @returns ends it
 */
export function listen(tell: (heard: Heard) => void): () => void {
  if (!('locks' in navigator)) return connect(tell);
  const channel = new BroadcastChannel(SHARED);
  channel.addEventListener('message', ({ data }: MessageEvent<Heard>) => tell(data));
  const ending = new AbortController();
  const ended = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()));
  const lead = async (): Promise<void> => {
    const close = connect((heard) => {
      tell(heard);
      channel.postMessage(heard);
    });
    await ended;
    close();
    channel.close();
  };
  navigator.locks.request(SHARED, { signal: ending.signal }, lead).catch(() => channel.close());
  return () => ending.abort();
}

/** A stream that was refused stays closed for good in a browser, and one may hang: it is made anew. */
function connect(tell: (heard: Heard) => void): () => void {
  let stream: EventSource | null = null;
  let pause = FIRST_PAUSE_MS;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(reopen, SILENT_MS);
  };
  const reopen = () => {
    stream?.close();
    clearTimeout(again);
    again = setTimeout(open, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
  };
  const open = () => {
    stream = new EventSource(ADDRESS);
    heard();
    const look = ({ data }: MessageEvent<string>) =>
      tell({ type: 'look', ...(JSON.parse(data) as Schemas['AsOf']) });
    stream.addEventListener('hello', (event: MessageEvent<string>) => {
      pause = FIRST_PAUSE_MS;
      heard();
      look(event);
    });
    stream.addEventListener('heartbeat', heard);
    stream.addEventListener('reset', look);
    stream.addEventListener('task', (event: MessageEvent<string>) => {
      heard();
      tell({ type: 'task', task: JSON.parse(event.data) as Schemas['TaskChanged'] });
    });
    stream.addEventListener('error', reopen);
  };
  open();
  return () => {
    stream?.close();
    for (const timer of [again, silence]) clearTimeout(timer);
  };
}
