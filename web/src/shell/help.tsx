import { createContext, useContext } from 'react';
import { KEYS } from '../queue/key-words';
import { useOwn } from '../words';

/** Shows which keys do what. */
export const HelpContext = createContext<() => void>(() => undefined);

export function HelpButton() {
  const keys = useOwn(KEYS);
  const show = useContext(HelpContext);
  return (
    <button type="button" className="button plain" onClick={show}>
      {keys.title} ?
    </button>
  );
}
