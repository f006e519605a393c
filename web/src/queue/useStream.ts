import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useHeard } from './Listening';

/** Changes come in bursts: one look for all of them. */
const TOGETHER_MS = 300;

/** Looks at the queue, and at the tasks that changed, as soon as the service says so; where something was missed, at all. */
export function useStream(): void {
  const queries = useQueryClient();
  const look = useRef<ReturnType<typeof setTimeout>>(undefined);
  useHeard((heard) => {
    look.current ??= setTimeout(() => {
      look.current = undefined;
      void queries.invalidateQueries({ queryKey: ['queue'] });
    }, TOGETHER_MS);
    void queries.invalidateQueries({ queryKey: heard.type === 'task' ? ['task', heard.task.id] : ['task'] });
  });
  useEffect(
    () => () => {
      clearTimeout(look.current);
      look.current = undefined;
    },
    [],
  );
}
