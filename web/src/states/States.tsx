import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Refusal } from '../api/client';
import { useWords } from '../words';

const SLOW_AFTER_MS = 8000;

function Icon({ path }: { path: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

const TICK = 'M4 12.5l5 5L20 6.5';
const LENS = 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM15.5 15.5L21 21';
const CROSS = 'M12 7v6M12 16.5v.5M12 3l9.5 17h-19z';
const LOCK = 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3';

/** Something that is not for whoever looks. */
export function Lock() {
  return <Icon path={LOCK} />;
}

function State({ icon, children }: { icon: string; children: ReactNode }) {
  return (
    <div className="state">
      <Icon path={icon} />
      {children}
    </div>
  );
}

/** @param lastDone when the last one was done, in words; null where nothing is known of it */
export function Nobody({ lastDone }: { lastDone: string | null }) {
  const { states } = useWords();
  return (
    <State icon={TICK}>
      <p>
        {states.nobodyWaits}
        {lastDone !== null && states.lastDone(lastDone)}
      </p>
    </State>
  );
}

export function NoMatch({ clear }: { clear: () => void }) {
  const { states } = useWords();
  return (
    <State icon={LENS}>
      <p>{states.noMatch}</p>
      <button type="button" className="button" onClick={clear}>
        {states.clear}
      </button>
    </State>
  );
}

/** What went wrong, with what to do about it. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { states } = useWords();
  const status = error instanceof Refusal ? error.status : 0;
  if (status === 403) return <NoPermission />;
  const reference = error instanceof Refusal && status >= 500 ? error.reference : null;
  return (
    <State icon={CROSS}>
      <p role="alert">
        {status === 404 ? states.gone : states.error} {reference !== null && states.reference(reference)}
      </p>
      {status !== 404 && (
        <button type="button" className="button" onClick={retry}>
          {states.retry}
        </button>
      )}
    </State>
  );
}

export function NoPermission() {
  const { states } = useWords();
  return (
    <State icon={LOCK}>
      <p>{states.noPermission}</p>
    </State>
  );
}

export function NoPage() {
  const { states } = useWords();
  return (
    <State icon={LENS}>
      <p>{states.noPage}</p>
      <Link className="button" href="/">
        {states.toQueue}
      </Link>
    </State>
  );
}

/** Grey rows in the place of what comes; after a while it says that the network is slow. */
export function Loading({ rows, height }: { rows: number; height: number }) {
  const { states } = useWords();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="loading" aria-busy="true">
      <p role="status" className={isSlow ? 'hint' : 'hidden'}>
        {isSlow ? states.slow : states.loading}
      </p>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="skeleton" style={{ height }} />
      ))}
    </div>
  );
}
