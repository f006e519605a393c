import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client';
import type { Line } from './figures';

const PAGE = 500;
const MOST_PAGES = 20;

/** Every line of the register in a period, as far as there are not too many. */
export function useRegister(from: string, to: string) {
  return useQuery({
    queryKey: ['register', from, to],
    queryFn: async ({ signal }) => {
      const lines: Line[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = new URLSearchParams({
          from,
          to,
          limit: String(PAGE),
          ...(after !== null && { after }),
        });
        const read: Schemas['RegisterPage'] = await ask('GET', `/api/register?${query.toString()}`, {
          signal,
        });
        lines.push(...read.items);
        after = read.next;
        if (after === null) break;
      }
      return { lines, isCut: after !== null };
    },
  });
}
