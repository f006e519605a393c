import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Refusal } from '../api/client';
import { leave } from '../api/session';

/** The session is over: what is on the screen goes away, and whoever signs in comes back to this address. */
export function useLock(error: unknown): void {
  const queries = useQueryClient();
  const isOver = error instanceof Refusal && error.status === 401;
  useEffect(() => {
    if (isOver) leave(queries);
  }, [isOver, queries]);
}
