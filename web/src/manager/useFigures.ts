import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client';

export type Figures = Schemas['FiguresShown'];

/** How calls went in a period, counted by the service. */
export function useFigures(from: string, to: string) {
  return useQuery({
    queryKey: ['figures', from, to],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from, to });
      return ask<Figures>('GET', `/api/figures?${query.toString()}`, { signal });
    },
  });
}
