import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Session } from '../api/client';
import { may } from '../api/session';
import { isOn } from '../parts/settings';
import { PAGES } from './pages';

const TOGETHER_MS = 1500;

/** `G` and then a letter: to another page. */
export function usePageKeys(session: Session): void {
  const [, go] = useLocation();
  useEffect(() => {
    let since = -Infinity;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (
        event.target instanceof Element &&
        event.target.closest('input, textarea, select, [contenteditable]')
      )
        return;
      if (!isOn('letters')) return;
      const key = event.key.toLowerCase();
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
