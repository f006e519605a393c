import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ask, type QueueItem, type QueuePage, type Schemas } from '../api/client';

export type Count = Schemas['QueueCount'];

/** What of the queue is looked at; it stands in the address. */
export interface Filter {
  class: QueueItem['class'] | null;
  code: QueueItem['code'] | null;
  /** Only what somebody has claimed themselves; or, in place of tasks, what waits for a recheck. */
  view: 'all' | 'mine' | 'rechecks';
}

const PAGE = 200;
const LOOK_AGAIN_MS = 20_000;
const LOOK_AGAIN_AT_MUCH_MS = 60_000;
const NONE: Count[] = [];

export function readFilter(search: string): Filter {
  const given = new URLSearchParams(search);
  const of = given.get('class');
  const code = given.get('code');
  const view = given.get('view');
  return {
    class: of === 'A' || of === 'important' || of === 'B' || of === 'C' ? of : null,
    code: code === 'notify' || code === 'review' || code === 'correction' ? code : null,
    view: view === 'mine' || view === 'rechecks' ? view : 'all',
  };
}

export function writeFilter({ class: of, code, view }: Filter): string {
  const written = new URLSearchParams({
    ...(of && { class: of }),
    ...(code && { code }),
    ...(view !== 'all' && { view }),
  }).toString();
  return written === '' ? '' : `?${written}`;
}

/**
 * The open tasks page by page, gravest first; looked at again now and then, should the stream be silent.
 * @param found whom it is about: what somebody typed to find them
 * @param isWanted asked for at all
 */
export function useQueue(filter: Filter, found: string, isWanted = true) {
  const asked = useInfiniteQuery({
    queryKey: ['queue', filter, found],
    queryFn: ({ pageParam, signal }) => {
      const page = {
        limit: PAGE,
        ...(filter.class && { class: filter.class }),
        ...(filter.code && { code: filter.code }),
        ...(filter.view === 'mine' && { owner: 'me' }),
        ...(pageParam && { after: pageParam }),
      };
      // A name has no place in an address.
      if (found !== '')
        return ask<QueuePage>('POST', '/api/queue/search', {
          body: { ...page, q: found },
          isByItself: true,
          signal,
        });
      const query = new URLSearchParams({ ...page, limit: String(PAGE) });
      return ask<QueuePage>('GET', `/api/queue?${query.toString()}`, { isByItself: true, signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    enabled: isWanted,
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) > 2 ? LOOK_AGAIN_AT_MUCH_MS : LOOK_AGAIN_MS,
  });
  const items = useMemo(() => distinct(asked.data?.pages ?? []), [asked.data]);
  const last = asked.data?.pages.at(-1);
  return { ...asked, items, counts: last?.counts ?? NONE, lastDoneAt: last?.lastDoneAt ?? null };
}

/** What moved from one page to the next between two looks is shown once. */
function distinct(pages: readonly QueuePage[]): QueueItem[] {
  return [...new Map(pages.flatMap((page) => page.items).map((item) => [item.id, item])).values()];
}

/** How many tasks a filter lets through, of all that are open. */
export function countOf(counts: readonly Count[], filter: Filter): number {
  return counts
    .filter((one) => filter.class === null || one.class === filter.class)
    .filter((one) => filter.code === null || one.code === filter.code)
    .reduce((sum, { count }) => sum + count, 0);
}
