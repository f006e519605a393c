import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useWords } from '../words';

const PAUSE_MS = 250;

interface Given {
  field: RefObject<HTMLInputElement | null>;
  /** What is looked for. It stands in no address: it is a name, or the end of a number. */
  find: (typed: string) => void;
  /** Enter: on with what was found. */
  done: () => void;
  /** The page is for looking: the field has the focus. */
  isFirst?: boolean;
  /** What may be typed. */
  hint?: string;
}

/** Finds by name, first letters or the end of a telephone number, while it is typed. */
export function Search({ field, find, done, isFirst = false, hint }: Given) {
  const { queue } = useWords();
  const [typed, setTyped] = useState('');
  const [isComposing, setComposing] = useState(false);
  useEffect(() => {
    if (isComposing) return;
    const timer = setTimeout(() => find(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, isComposing, find]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      find(typed.trim());
      done();
    }
    if (event.key === 'Escape' && typed !== '') {
      event.preventDefault();
      setTyped('');
    }
  };
  return (
    <label className="search">
      <span className="hidden">{queue.find}</span>
      <kbd aria-hidden="true">/</kbd>
      <input
        ref={field}
        type="search"
        autoFocus={isFirst}
        autoComplete="off"
        maxLength={64}
        placeholder={hint ?? queue.findHint}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={press}
      />
    </label>
  );
}
