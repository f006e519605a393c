import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, type QueueItem, type QueuePage } from '../api/client';
import { useWords } from '../words';
import { useHeard } from './Listening';
import { ring } from './tone';

const AGAIN_MS = 60_000;
/** Where the pages beside the queue find which calls of class A nobody had taken when it was looked at last. */
const UNTAKEN = ['untaken-a'] as const;

/** A tone now, when another comes, and each minute until there is none. @returns whether the browser lets nothing be heard */
function useTone(latest: string | undefined, isQuiet: boolean): boolean {
  const [isBlocked, setBlocked] = useState(false);
  const hasFresh = latest !== undefined && !isQuiet;
  useEffect(() => {
    if (!hasFresh) return;
    const tell = () => void ring().then((isHeard) => setBlocked(!isHeard));
    tell();
    const timer = setInterval(tell, AGAIN_MS);
    return () => clearInterval(timer);
  }, [hasFresh, latest]);
  return isBlocked;
}

/** @param untaken null: somebody else says it */
function useTitle(untaken: number | null): void {
  const { name } = useWords();
  useEffect(() => {
    if (untaken === null) return;
    document.title = untaken > 0 ? `(${untaken}) ◆ ${name}` : name;
  }, [untaken, name]);
}

/**
 * Tells of class A that comes in while the page is open: a tone at once and each minute until somebody has taken it, and the
 * number in the title.
 * @param isQuiet in a call nobody is disturbed
 * @returns how many are new, and whether the browser lets nothing be heard
 */
export function useAlarm(items: readonly QueueItem[], isLoaded: boolean, isQuiet: boolean) {
  const queries = useQueryClient();
  const seen = useRef<Set<string> | null>(null);
  const untaken = untakenOf(items);
  const joined = untaken.join(' ');
  const [fresh, setFresh] = useState<readonly string[]>([]);

  useEffect(() => {
    if (!isLoaded) return;
    const now = joined === '' ? [] : joined.split(' ');
    const known = (seen.current ??= new Set(now));
    // Told apart before they are known: React asks for the next state later.
    const come = now.filter((id) => !known.has(id));
    for (const id of now) known.add(id);
    setFresh((before) => [...before.filter((id) => now.includes(id)), ...come]);
    queries.setQueryData(UNTAKEN, now);
  }, [joined, isLoaded, queries]);

  const isBlocked = useTone(fresh.at(-1), isQuiet);
  useTitle(untaken.length);
  return { fresh: fresh.length, isBlocked };
}

/**
 * The same on pages beside the queue, of what is heard of it there.
 * @param isAway from the queue, which tells of it by itself
 * @returns how many are new
 */
export function useFarAlarm(isAway: boolean): number {
  const queries = useQueryClient();
  const [untaken, setUntaken] = useState<readonly string[]>([]);
  const [fresh, setFresh] = useState<readonly string[]>([]);
  const isKnown = useRef(false);
  /** What changed before it is told again by the stream, and is nothing new on a page that was just opened. */
  const since = useRef('');
  useEffect(() => {
    const seen = queries.getQueryData<readonly string[]>(UNTAKEN);
    if (!isAway || !seen) return;
    isKnown.current = true;
    setUntaken((heard) => [...new Set([...seen, ...heard])]);
  }, [isAway, queries]);
  useHeard((heard) => {
    if (heard.type === 'look') {
      if (!isKnown.current) since.current = heard.asOf;
      return void (isAway && lookAgain());
    }
    const { id, class: of, status, isTaken, updated } = heard.task;
    const isUntaken = of === 'A' && status === 'requested' && !isTaken;
    const after = (before: readonly string[]): readonly string[] =>
      isUntaken ? [...new Set([...before, id])] : before.filter((one) => one !== id);
    setUntaken(after);
    if (!isUntaken || updated > since.current) setFresh(after);
  });
  /** Something may have been missed: the one time that the queue is read for it. */
  const lookAgain = async (): Promise<void> => {
    const page = await ask<QueuePage>('GET', '/api/queue?class=A&limit=200', { isByItself: true }).catch(
      () => null,
    );
    if (!page) return;
    const now = untakenOf(page.items);
    const come = isKnown.current ? now.filter((id) => !untaken.includes(id)) : [];
    isKnown.current = true;
    setFresh((before) => [...new Set([...before.filter((id) => now.includes(id)), ...come])]);
    setUntaken(now);
  };
  useTone(fresh.at(-1), !isAway);
  useTitle(isAway ? untaken.length : null);
  return fresh.length;
}

function untakenOf(items: readonly QueueItem[]): string[] {
  return items.filter((item) => item.class === 'A' && item.status === 'requested').map(({ id }) => id);
}
