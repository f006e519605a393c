import { Link } from 'wouter';
import type { Session } from '../api/client';
import { isSeen } from '../parts/settings';
import { useOwn } from '../words';
import { STEPS, useSteps } from './useSteps';
import { WELCOME } from './words';

/** That something of the first day is still to do: gone once all of it is done, or put away. */
export function StepsLeft({ session }: { session: Session }) {
  const words = useOwn(WELCOME);
  const isClosed = isSeen('guide');
  const steps = useSteps(session, !isClosed);
  const left = steps && !isClosed ? STEPS.filter((step) => !steps.isDone[step]).length : 0;
  if (left === 0) return null;
  return (
    <p className="notice" role="status">
      {words.left(left)}{' '}
      <Link className="button" href="/welcome">
        {words.go}
      </Link>
    </p>
  );
}
