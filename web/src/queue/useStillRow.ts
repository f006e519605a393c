import type { Virtualizer } from '@tanstack/react-virtual';
import { type PointerEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { QueueItem } from '../api/client';

export const USUAL_HEIGHT = 70;

/** A row, and where it stood in the list. */
interface Placed {
  id: string;
  start: number;
}

/**
 * Where rows come or go above it, the row under the mouse stays where it is; else, once the list has been scrolled, the
 * active one. Brings a row that was moved to into sight.
 */
export function useStillRow(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Virtualizer<HTMLDivElement, Element>,
  items: readonly QueueItem[],
  activeId: string | null,
) {
  /** The rows, with room below them where they are too few to be scrolled. */
  const room = useRef<HTMLDivElement>(null);
  const under = useRef<Placed | null>(null);
  const active = useRef<Placed | null>(null);
  const seen = useRef(items);
  const wasAtTop = useRef(false);
  useLayoutEffect(() => {
    const element = scroller.current;
    // A new row may be higher than the usual one. Once the list is scrolled, the virtualizer sees to that by itself.
    if (element?.scrollTop === 0) rows.getTotalSize();
    const placed = (id: string | null | undefined): Placed | null => {
      const index = items.findIndex((item) => item.id === id);
      return index < 0
        ? null
        : { id: id!, start: rows.measurementsCache[index]?.start ?? index * USUAL_HEIGHT };
    };
    const [wasUnder, wasActive, isSame] = [under.current, active.current, seen.current === items];
    under.current = placed(wasUnder?.id);
    active.current = placed(activeId);
    seen.current = items;
    if (active.current && active.current.id !== wasActive?.id) {
      rows.scrollToIndex(
        items.findIndex(({ id }) => id === activeId),
        { align: 'auto' },
      );
    } else if (!isSame && element) {
      const isUnder = wasUnder !== null && under.current !== null;
      const [was, is] = isUnder ? [wasUnder, under.current] : [wasActive, active.current];
      if (!was || !is || was.start === is.start || (!isUnder && element.scrollTop === 0)) return;
      const top = element.scrollTop + is.start - was.start;
      if (isUnder) {
        wasAtTop.current ||= element.scrollTop === 0;
        room.current!.style.minHeight = `${top + element.clientHeight}px`;
      }
      element.scrollTop = top;
    }
  }, [scroller, rows, items, activeId]);
  return {
    room,
    enter: ({ target, pointerType }: PointerEvent) => {
      const row = pointerType === 'mouse' ? (target as Element).closest<HTMLElement>('[data-index]') : null;
      const index = Number(row?.dataset['index'] ?? -1);
      const item = items[index];
      under.current = item ? { id: item.id, start: rows.measurementsCache[index]?.start ?? 0 } : null;
    },
    /** What came above a list that stood at its top is seen as soon as the mouse has gone. */
    leave: () => {
      under.current = null;
      if (room.current) room.current.style.minHeight = '';
      if (wasAtTop.current && scroller.current) scroller.current.scrollTop = 0;
      wasAtTop.current = false;
    },
  };
}
