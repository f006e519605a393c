import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { type Heard, listen } from './stream';

type Tell = (heard: Heard) => void;

const Listeners = createContext<Set<Tell>>(new Set());

/** Listens to the queue for as long as somebody is signed in, whichever page is open: nothing falls between two pages. */
export function Listening({ children }: { children: ReactNode }) {
  const [listeners] = useState(() => new Set<Tell>());
  useEffect(() => listen((heard) => listeners.forEach((tell) => tell(heard))), [listeners]);
  return <Listeners value={listeners}>{children}</Listeners>;
}

/** Is told what is heard of the queue. */
export function useHeard(tell: Tell): void {
  const listeners = useContext(Listeners);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const one: Tell = (heard) => latest.current(heard);
    listeners.add(one);
    return () => void listeners.delete(one);
  }, [listeners]);
}
