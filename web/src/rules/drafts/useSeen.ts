import { useEffect, useRef } from 'react';
import { ask } from '../../api/client';
import { type Draft, draftAt } from './useDraft';

interface Given {
  draft: Draft;
  keep: (draft: Draft) => void;
  what: 'diff' | 'replay';
  /** It stands before somebody who may approve. */
  isShown: boolean;
}

/** Notes once that a reviewer has had it before their eyes, at this revision; nothing is approved unseen. */
export function useSeen({ draft: { id, revision, state }, keep, what, isShown }: Given): void {
  const noted = useRef('');
  const isAsked = isShown && (state === 'in-review' || state === 'editing');
  useEffect(() => {
    const key = `${id} ${revision} ${what}`;
    if (!isAsked || noted.current === key) return;
    noted.current = key;
    void (async () => {
      await ask('POST', draftAt(id, '/seen'), { body: { revision, what } });
      keep(await ask<Draft>('GET', draftAt(id)));
    })().catch(() => {
      noted.current = '';
    });
  }, [id, revision, what, isAsked, keep]);
}
