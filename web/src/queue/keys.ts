import { useEffect, useRef } from 'react';
import { isOn } from '../parts/settings';

type Actions = Readonly<Record<string, () => void>>;

/**
 * Keys of the page. Letters act outside fields alone, never with a modifier, and not while an input method composes
 * (its Enter and letters belong to it).
 */
export function useKeys(actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isField =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
      const isPressed = event.target instanceof Element && event.target.closest('a, button') !== null;
      if (isField && event.key !== 'Escape') return;
      if (isPressed && event.key === 'Enter') return;
      if (event.key.length === 1 && !isOn('letters')) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      if (isField && event.target instanceof HTMLElement) event.target.blur();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
