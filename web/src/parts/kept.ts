import { useRef, useState } from 'react';

/**
 * What somebody types and has not saved: it outlives a session that ends and a page that is read anew. Whoever signs in
 * next is shown nothing of it (api/session.ts).
 * @param name of its own for each thing that is typed
 */
export function useKept<T>(name: string, empty: T): [T, (change: (before: T) => T) => void] {
  const [value, setValue] = useState<T>(() => {
    const text = sessionStorage.getItem(name);
    return text === null ? empty : (JSON.parse(text) as T);
  });
  // Stored at once: whatever is saved may take its page away before it is drawn again.
  const latest = useRef(value);
  const change = (to: (before: T) => T): void => {
    const next = to(latest.current);
    latest.current = next;
    if (next === empty) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(next));
    setValue(next);
  };
  return [value, change];
}

export function isKept(name: string): boolean {
  return sessionStorage.getItem(name) !== null;
}
