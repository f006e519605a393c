import type { ReactNode } from 'react';
import type { QueueItem } from '../api/client';
import { useWords } from '../words';
import { type Count, countOf, type Filter } from './useQueue';

const CLASSES: readonly (QueueItem['class'] | null)[] = [null, 'A', 'important', 'B', 'C'];
const VIEWS = ['mine', 'rechecks'] as const;
const CODES: readonly (QueueItem['code'] | null)[] = [null, 'notify', 'review', 'correction'];

interface Given {
  filter: Filter;
  counts: readonly Count[];
  choose: (filter: Filter) => void;
  search: ReactNode;
}

/** Chips with their numbers: how grave, and what kind. */
export function Filters({ filter, counts, choose, search }: Given) {
  const { queue } = useWords();
  return (
    <div className="filters" role="group" aria-label={queue.filters}>
      {CLASSES.map((of) => (
        <Chip
          key={of ?? 'all'}
          name={of === null ? queue.all : queue.class[of]}
          count={countOf(counts, { ...filter, class: of })}
          isOn={filter.class === of}
          choose={() => choose({ ...filter, class: of })}
        />
      ))}
      <span className="divider" aria-hidden="true" />
      {CODES.map((code) => (
        <Chip
          key={code ?? 'all'}
          name={queue.lanes[code ?? 'all']}
          count={code === null ? null : countOf(counts, { ...filter, code })}
          isOn={filter.code === code}
          choose={() => choose({ ...filter, code })}
        />
      ))}
      <span className="divider" aria-hidden="true" />
      {VIEWS.map((view) => (
        <Chip
          key={view}
          name={queue[view]}
          count={null}
          isOn={filter.view === view}
          choose={() => choose({ ...filter, view: filter.view === view ? 'all' : view })}
        />
      ))}
      {search}
    </div>
  );
}

function Chip({
  name,
  count,
  isOn,
  choose,
}: {
  name: string;
  count: number | null;
  isOn: boolean;
  choose: () => void;
}) {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={choose}>
      {name} {count !== null && <b>{count}</b>}
    </button>
  );
}
