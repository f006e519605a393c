import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ask, keepClock, keepToken, Refusal, type Session } from './client';

export const SESSION = ['session'] as const;

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: SESSION, queryFn: readSession, staleTime: Infinity });
}

async function readSession(): Promise<Session | null> {
  try {
    return entered(await ask<Session>('GET', '/api/me', { isByItself: true }));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  }
}

/** Somebody was signed in on this page before: what they see now was locked. */
let hasBeenIn = false;
export function wasSignedIn(): boolean {
  return hasBeenIn;
}

const WHOSE = 'firstcall.whose';

function entered(session: Session): Session {
  hasBeenIn = true;
  // What one has typed and not saved waits for them; nobody else is shown it.
  if (sessionStorage.getItem(WHOSE) !== session.id) sessionStorage.clear();
  sessionStorage.setItem(WHOSE, session.id);
  keepClock(session.now);
  keepToken(session.token);
  return session;
}

/** Keeps a session that has just begun or changed. */
export function enter(queries: QueryClient, session: Session): void {
  queries.setQueryData(SESSION, entered(session));
}

/** Nobody is signed in any more: what was seen is forgotten. */
export function leave(queries: QueryClient): void {
  keepToken(null);
  queries.setQueryData(SESSION, null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
}

/** Signs out; what was typed and not saved goes with it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    try {
      await ask('DELETE', '/api/session');
    } finally {
      sessionStorage.clear();
      hasBeenIn = false;
      leave(queries);
    }
  };
}

/** They see the people of a centre, or their own inpatients, and not everybody. */
export function isLimited({ centre, roles }: Session): boolean {
  return centre !== null || roles.every((role) => role === 'attending-doctor');
}

/** What was not found may be somebody else's, whom they may open with a reason. */
export function isOutOfReach(session: Session, error: unknown): boolean {
  return (
    error instanceof Refusal && error.status === 404 && isLimited(session) && may(session, 'break-glass')
  );
}

export function may(session: Session, capability: Session['may'][number]): boolean {
  return session.may.includes(capability);
}
