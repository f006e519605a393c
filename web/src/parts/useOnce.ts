import type { UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';

/** Acts once, until it is over: the second of two clicks comes before the page knows of the first. */
export function useOnce<Data, What, Before>({
  mutate,
}: UseMutationResult<Data, Error, What, Before>): (what: What) => void {
  const isActing = useRef(false);
  return (what) => {
    if (isActing.current) return;
    isActing.current = true;
    mutate(what, { onSettled: () => (isActing.current = false) });
  };
}
