import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, Refusal, type Schemas } from '../../api/client';

export type Draft = Schemas['DraftDetail'];

export const draftAt = (id: string, part = ''): string => `/api/rules/drafts/${id}${part}`;

/** A draft, as it was read last; what an act answers takes its place. */
export function useDraft(id: string) {
  const queries = useQueryClient();
  const queryKey = ['draft', id];
  const asked = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask<Draft>('GET', draftAt(id), { signal }),
  });
  const keep = (draft: Draft): void => {
    queries.setQueryData(queryKey, draft);
    void queries.invalidateQueries({ queryKey: ['drafts'] });
  };
  return { ...asked, keep };
}

/** What a refused act is to be told as, by the catalogue of the page. */
export function faultOf(error: unknown, words: Record<FaultWord, string>): string {
  if (!(error instanceof Refusal)) return words.notSaved;
  if (error.status === 429) return words.tooManyCodes;
  if (error.status === 503) return words.notWritten;
  if (error.status === 403) return error.path === 'code' ? words.wrongCode : words.conflict;
  if (error.status !== 409) return words.notSaved;
  if (error.path === 'files') return words.filesConflict;
  return error.path === 'replay' ? words.replayConflict : words.conflict;
}

type FaultWord =
  'notSaved' | 'tooManyCodes' | 'notWritten' | 'wrongCode' | 'conflict' | 'filesConflict' | 'replayConflict';
