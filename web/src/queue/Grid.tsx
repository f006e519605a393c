import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import type { QueueItem } from '../api/client';
import { useWords } from '../words';
import { Row } from './Row';
import { USUAL_HEIGHT, useStillRow } from './useStillRow';

interface Given {
  items: readonly QueueItem[];
  /** How many there are in all, loaded or not. */
  total: number;
  activeId: string | null;
  openId: string | null;
  now: number;
  zone: string;
  gridRef: RefObject<HTMLDivElement | null>;
  choose: (id: string, isOpened: boolean) => void;
  loadMore: () => void;
}

const BEYOND = 6;

/** The queue as a grid of which only what is in sight is there, and the active row always. */
export function Grid({ items, total, activeId, openId, now, zone, gridRef, choose, loadMore }: Given) {
  const { queue } = useWords();
  const active = items.findIndex(({ id }) => id === activeId);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => gridRef.current,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: (i) => items[i]!.id,
    overscan: BEYOND,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const shown = Array.from({ length: to - from + 1 }, (_, i) => from + i);
      return active < 0 || (active >= from && active <= to)
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - 2 * BEYOND) loadMore();
  }, [last, items.length, loadMore]);
  const still = useStillRow(gridRef, rows, items, activeId);
  const names = useMemo(() => peopleByName(items), [items]);

  return (
    <div className="grid">
      <div
        ref={gridRef}
        className="scroller"
        role="grid"
        tabIndex={0}
        aria-label={queue.list}
        aria-rowcount={total}
        aria-colcount={3}
        aria-activedescendant={active < 0 ? undefined : rowId(activeId!)}
        onPointerOver={still.enter}
        onPointerLeave={still.leave}
      >
        <div ref={still.room} className="rows" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, key, start }) => {
            const item = items[index]!;
            return (
              <div
                key={key}
                id={rowId(item.id)}
                ref={rows.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 1}
                aria-selected={item.id === openId}
                className={`row class-${item.class}${item.id === activeId ? ' active' : ''}`}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => choose(item.id, true)}
              >
                <Row
                  item={item}
                  now={now}
                  zone={zone}
                  sameName={names.get(item.person?.name ?? '')?.size ?? 0}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function rowId(id: string): string {
  return `task-${id}`;
}

/** Who in the list has each name. */
function peopleByName(items: readonly QueueItem[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { person } of items) {
    if (!person?.name) continue;
    const known = names.get(person.name);
    if (known) known.add(person.id);
    else names.set(person.name, new Set([person.id]));
  }
  return names;
}
