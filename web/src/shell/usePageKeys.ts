import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Session } from '../api/client';
import { may } from '../api/session';
import { pageLetterOf } from '../queue/keys';
import { PAGES } from './pages';

const TOGETHER_MS = 1500;

/** `G` and then a letter: to another page. */
export function usePageKeys(session: Session): void {
  const [, go] = useLocation();
  useEffect(() => {
    let since = -Infinity;
    const press = (event: KeyboardEvent) => {
      const key = pageLetterOf(event);
      if (key === null) return;
      const isSecond = event.timeStamp - since < TOGETHER_MS;
      since = key === 'g' && !isSecond ? event.timeStamp : -Infinity;
      if (!isSecond) return;
      const page = PAGES.find(
        ({ letter, needs }) => letter === key && needs.some((one) => may(session, one)),
      );
      if (!page) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      go(page.address);
    };
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [session, go]);
}
