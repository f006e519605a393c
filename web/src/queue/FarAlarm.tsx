import { Link, useLocation } from 'wouter';
import { useWords } from '../words';
import { useFarAlarm } from './useAlarm';

/** Class A is told of on every page, to whoever may call. */
export function FarAlarm() {
  const words = useWords();
  const [address] = useLocation();
  const isAway = !address.startsWith('/queue');
  const fresh = useFarAlarm(isAway);
  const isShown = isAway && fresh > 0;
  return (
    <p className={isShown ? 'notice far-alarm' : 'hidden'} role="alert">
      {isShown && (
        <>
          ◆ {words.queue.newA(fresh)} <Link href="/queue?class=A">{words.states.toQueue}</Link>
        </>
      )}
    </p>
  );
}
