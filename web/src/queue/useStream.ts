import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const ADDRESS = '/api/queue/stream';
/** Changes come in bursts: one look for all of them. */
const TOGETHER_MS = 300;
/** The service sends a heartbeat every 15 s; after this long without any the connection hangs, as after sleep. */
const SILENT_MS = 40_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Looks at the queue, and at the tasks that changed, as soon as the service says so. A stream that was refused stays closed for
 * good in a browser, and one may hang: it is made anew, and the list is looked at again each time.
 */
export function useStream(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let stream: EventSource | null = null;
    let pause = FIRST_PAUSE_MS;
    let again: ReturnType<typeof setTimeout> | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;
    let look: ReturnType<typeof setTimeout> | undefined;

    const lookSoon = () => {
      look ??= setTimeout(() => {
        look = undefined;
        void queries.invalidateQueries({ queryKey: ['queue'] });
      }, TOGETHER_MS);
    };
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
      stream.addEventListener('hello', () => {
        pause = FIRST_PAUSE_MS;
        heard();
        lookSoon();
      });
      stream.addEventListener('heartbeat', heard);
      stream.addEventListener('reset', lookSoon);
      stream.addEventListener('task', (event: MessageEvent<string>) => {
        heard();
        lookSoon();
        const { id } = JSON.parse(event.data) as { id: string };
        void queries.invalidateQueries({ queryKey: ['task', id] });
      });
      stream.addEventListener('error', reopen);
    };
    open();
    return () => {
      stream?.close();
      for (const timer of [again, silence, look]) clearTimeout(timer);
    };
  }, [queries]);
}
