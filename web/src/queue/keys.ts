import { useEffect, useRef } from 'react';
import { isOn } from '../parts/settings';

/**
 * Keys pressed while an input method composes belong to it alone: its Enter neither saves nor chooses, its Escape closes
 * nothing. Some browsers end the composing before they tell of the key, and mark it by code 229 only.
 */
export function leaveKeysToInputMethods(): void {
  const guard = (event: KeyboardEvent): void => {
    if (!event.isComposing && event.keyCode !== 229) return;
    event.stopImmediatePropagation();
    if (event.key === 'Enter') event.preventDefault();
  };
  addEventListener('keydown', guard, { capture: true });
}

/** An editor that can only be read is none. */
const FIELDS = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/** Whether a key may be the page's: without a modifier, and no dialog is before the page. */
function isForPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  return document.querySelector('dialog:modal') === null;
}

/** Typed into, and not for the page. */
function isInField({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/** A letter pressed outside fields and dialogs, while letters are switched on; else null. */
export function pageLetterOf(event: KeyboardEvent): string | null {
  if (!isForPage(event) || isInField(event) || !isOn('letters')) return null;
  return event.key.toLowerCase();
}

/** Escape leads out of the field first: to what it stands in, whose keys then act; what was typed stays. */
function leaveField(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  event.preventDefault();
  const around = field.closest<HTMLElement>('[tabindex="-1"]');
  if (around) around.focus({ preventScroll: true });
  else field.blur();
}

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
      if (!isForPage(event)) return;
      const isField = isInField(event);
      const isPressed = event.target instanceof Element && event.target.closest('a, button') !== null;
      if (isField) {
        if (event.key === 'Escape') leaveField(event);
        return;
      }
      if (isPressed && event.key === 'Enter') return;
      if (event.key.length === 1 && !isOn('letters')) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
