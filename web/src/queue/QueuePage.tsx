import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { inServiceTime, Refusal, type Session } from '../api/client';
import { may } from '../api/session';
import { isKept } from '../parts/kept';
import { isSeen, putAway } from '../parts/settings';
import { HelpButton } from '../shell/help';
import { Shell } from '../shell/Shell';
import { Failed, Loading, Nobody, NoMatch } from '../states/States';
import { useWords } from '../words';
import { clockTime, shortTime } from '../words/times';
import { Filters } from './Filters';
import { Grid } from './Grid';
import { useKeys } from './keys';
import { Search } from './Search';
import { useAlarm } from './useAlarm';
import { useNow } from './useNow';
import { useStream } from './useStream';
import { countOf, type Filter, readFilter, useQueue, writeFilter } from './useQueue';

// After the list has been painted: the form's parts are larger than all the rest.
const Sheet = lazy(() => import('./Sheet'));
const ReportForm = lazy(() => import('./ReportForm'));
const Rechecks = lazy(() => import('./Rechecks'));

/** The nurse's list, and beside it the sheet of the task that is open. */
export function QueuePage({ session, taskId }: { session: Session; taskId: string | null }) {
  const words = useWords();
  const [, go] = useLocation();
  const filter = readFilter(useSearch());
  const [found, setFound] = useState('');
  const [searches, setSearches] = useState(0);
  const queue = useQueue(filter, found);
  const { items, counts } = queue;
  const now = useNow();
  const [activeId, setActiveId] = useState<string | null>(taskId);
  const [isReporting, setReporting] = useState(isKept('firstcall.report'));
  const mayReport = may(session, 'report-by-hand');
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // What is filtered out rings all the same.
  const hidesA =
    found !== '' || filter.view !== 'all' || filter.code !== null || (filter.class ?? 'A') !== 'A';
  const ofA = useQueue(OF_A, '', hidesA);
  const rung = hidesA ? ofA : queue;
  const [isCalling, setCalling] = useState(false);
  const { fresh, isBlocked } = useAlarm(rung.items, rung.isSuccess && !rung.isPlaceholderData, isCalling);
  useStream();

  const open = (id: string | null) => go(`/queue${id === null ? '' : `/${id}`}${writeFilter(filter)}`);
  const active = items.findIndex(({ id }) => id === activeId);
  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, active < 0 ? 0 : active + by))];
    if (next) setActiveId(next.id);
    grid.current?.focus({ preventScroll: true });
  };
  const close = () => open(null);
  // Where the sheet covers the list, the list is there to have the focus only after the sheet has gone.
  const hadSheet = useRef(false);
  useEffect(() => {
    if (taskId === null && hadSheet.current) grid.current?.focus({ preventScroll: true });
    hadSheet.current = taskId !== null;
  }, [taskId]);
  const toNewest = () => {
    const newest = items.find((item) => item.class === 'A');
    if (newest) setActiveId(newest.id);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => activeId !== null && open(activeId),
    a: toNewest,
    ...(mayReport && { w: () => setReporting(true) }),
    '/': () => field.current?.focus(),
    Escape: () => taskId !== null && close(),
  });
  const clear = () => {
    setFound('');
    setSearches((before) => before + 1);
    choose(ALL);
  };
  const toFirst = () => {
    const [first] = items;
    if (first) setActiveId(first.id);
    grid.current?.focus({ preventScroll: true });
  };
  const isTasks = filter.view !== 'rechecks';
  // What is found, or one's own, is not counted beforehand.
  const isCounted = found === '' && filter.view === 'all';
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const isOffline = queue.error instanceof Refusal && queue.error.isOffline;
  const asOf =
    queue.dataUpdatedAt === 0 ? null : clockTime(inServiceTime(queue.dataUpdatedAt), session.timeZone);
  const lastDone =
    queue.lastDoneAt === null ? null : shortTime(Date.parse(queue.lastDoneAt), now, session.timeZone);
  const choose = (wanted: Filter) => go(`/queue${taskId === null ? '' : `/${taskId}`}${writeFilter(wanted)}`);
  /** Saved: the next one is selected, and not claimed, since a claim is a promise to phone. */
  const next = () => {
    const after = items[active + 1] ?? items[active - 1];
    setActiveId(after?.id ?? null);
    void queue.refetch();
    close();
  };
  return (
    <Shell session={session} status={asOf !== null && <Live at={asOf} isStopped={queue.isError} />}>
      {isOffline && asOf !== null && (
        <p className="notice" role="alert">
          {words.states.offline(asOf)}
        </p>
      )}
      {isBlocked && <p className="notice">{words.states.soundBlocked}</p>}
      <p className="hidden" role="alert">
        {fresh > 0 && words.queue.newA(fresh)}
      </p>
      <div className={`queue${taskId === null ? '' : ' has-sheet'}`}>
        <section className="list" aria-label={words.queue.title}>
          <Filters
            filter={filter}
            counts={counts}
            choose={choose}
            search={<Search key={searches} field={field} find={setFound} done={toFirst} />}
          />
          {filter.view === 'rechecks' && (
            <Suspense fallback={<Loading rows={6} height={62} />}>
              <Rechecks session={session} now={now} />
            </Suspense>
          )}
          {isTasks && queue.isPending && <Loading rows={8} height={62} />}
          {isTasks && queue.isError && queue.data === undefined && (
            <Failed error={queue.error} retry={() => void queue.refetch()} />
          )}
          {isTasks &&
            queue.isSuccess &&
            items.length === 0 &&
            (isAll(filter) && found === '' ? <Nobody lastDone={lastDone} /> : <NoMatch clear={clear} />)}
          {isTasks && items.length > 0 && (
            <Grid
              items={items}
              total={isCounted ? countOf(counts, filter) : items.length}
              activeId={activeId}
              openId={taskId}
              now={now}
              zone={session.timeZone}
              gridRef={grid}
              choose={(id) => {
                setActiveId(id);
                open(id);
              }}
              loadMore={loadMore}
            />
          )}
          <p className="foot hint">
            {words.queue.open(countOf(counts, ALL))}
            {isTasks &&
              isCounted &&
              items.length > 0 &&
              ` · ${words.queue.loaded(items.length, countOf(counts, filter))}`}
            {mayReport && (
              <button type="button" className="button plain" onClick={() => setReporting(true)}>
                {words.queue.report} <kbd>W</kbd>
              </button>
            )}
            <HelpButton />
          </p>
        </section>
        {taskId === null ? (
          <div className="no-sheet hint">
            {items.length > 0 && <p>{words.queue.select}</p>}
            <FirstHints />
          </div>
        ) : (
          <Suspense
            fallback={
              <div className="sheet">
                <Loading rows={5} height={80} />
              </div>
            }
          >
            <Sheet
              key={taskId}
              session={session}
              taskId={taskId}
              now={now}
              close={close}
              next={next}
              calling={setCalling}
            />
          </Suspense>
        )}
      </div>
      {isReporting && (
        <Suspense fallback={null}>
          <ReportForm
            close={() => setReporting(false)}
            saved={({ task }) => {
              setReporting(false);
              void queue.refetch();
              if (task !== null) {
                setActiveId(task);
                open(task);
              }
            }}
          />
        </Suspense>
      )}
    </Shell>
  );
}

/** For a nurse's first morning; once put away it does not come back on this browser. */
function FirstHints() {
  const { hints: words } = useWords();
  const [isAway, setAway] = useState(isSeen('queue'));
  if (isAway) return null;
  return (
    <aside className="first-hints" aria-label={words.title}>
      <strong>{words.title}</strong>
      <ul>
        {words.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <button
        type="button"
        className="button"
        onClick={() => {
          putAway('queue');
          setAway(true);
        }}
      >
        {words.close}
      </button>
    </aside>
  );
}

const OF_A: Filter = { class: 'A', code: null, view: 'all' };
const ALL: Filter = { class: null, code: null, view: 'all' };

function isAll({ class: of, code, view }: Filter): boolean {
  return of === null && code === null && view === 'all';
}

function Live({ at, isStopped }: { at: string; isStopped: boolean }) {
  const words = useWords();
  return (
    <span className={isStopped ? 'live stopped' : 'live'}>
      <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
        {isStopped ? (
          <path d="M1 1h8v8H1z" fill="currentColor" />
        ) : (
          <circle cx="5" cy="5" r="4" fill="currentColor" />
        )}
      </svg>
      {isStopped ? words.stopped(at) : words.live(at)}
    </span>
  );
}
