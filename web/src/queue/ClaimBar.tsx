import { useMutation } from '@tanstack/react-query';
import { ask, Refusal, type Session, type TaskDetail } from '../api/client';
import { useOnce } from '../parts/useOnce';
import { useWords } from '../words';
import { shortTime, shortTimeToSecond } from '../words/times';
import { useKeys } from './keys';
import { type ReadAgain, useMeanwhile } from './meanwhile';

interface Given {
  session: Session;
  task: TaskDetail;
  now: number;
  /** Somebody did something with the task, or it is not as it was read. */
  changed: ReadAgain;
}

const ENDING_MS = 2 * 60_000;

/** Who has promised to make this call, and how to take or leave it. */
export function ClaimBar({ session, task, now, changed }: Given) {
  const { claim, states } = useWords();
  const { life } = task;
  const { meanwhile, acts, failed } = useMeanwhile(task, changed, session.timeZone);
  const act = useMutation({
    onMutate: acts,
    mutationFn: (step: 'claim' | 'keep' | 'release') => {
      const body = { version: task.version };
      return ask('POST', `/api/tasks/${encodeURIComponent(task.id)}/${step}`, { body });
    },
    // Until it is read again, the task looks as if nobody had it.
    onSuccess: () => changed(),
    onError: failed,
  });
  const send = useOnce(act);
  const isMine = life.claimedBy === session.id;
  const isFree = life.claimedBy === null;
  const isOthers = !isMine && !isFree;
  const canAct = !act.isPending;
  useKeys({
    c: () => isFree && canAct && send('claim'),
    u: () => isMine && canAct && send('release'),
  });
  const until = life.leaseUntil === null ? null : Date.parse(life.leaseUntil);
  const isEnding = isMine && until !== null && until - now < ENDING_MS;
  const isLost = act.error instanceof Refusal && act.error.status === 409;
  const time = (at: string | null) => (at === null ? '' : shortTime(Date.parse(at), now, session.timeZone));
  const claimedAt =
    life.claimedAt === null ? '' : shortTimeToSecond(Date.parse(life.claimedAt), now, session.timeZone);
  return (
    <div className="claim">
      {isFree && (
        <button type="button" className="button main" disabled={!canAct} onClick={() => send('claim')}>
          {claim.claim} <kbd>C</kbd>
        </button>
      )}
      {isMine && (
        <>
          <span>{claim.mine(time(life.leaseUntil))}</span>
          <button type="button" className="button" disabled={!canAct} onClick={() => send('release')}>
            {claim.release} <kbd>U</kbd>
          </button>
        </>
      )}
      {isOthers && (
        <strong role={isLost ? 'alert' : undefined}>
          {claim.by(life.claimedByName ?? claim.byKey, claimedAt)}
        </strong>
      )}
      <span className="hint">
        {isFree && claim.hint} {life.attempts > 0 && claim.attempts(life.attempts)}{' '}
        {life.notBefore !== null && claim.notBefore(time(life.notBefore))}
      </span>
      {isEnding && (
        <p className="notice" role="alert">
          {claim.ending}{' '}
          <button type="button" className="button" disabled={!canAct} onClick={() => send('keep')}>
            {claim.keep}
          </button>
        </p>
      )}
      {act.isError && !(isLost && isOthers) && (
        <p className="fault" role="alert">
          {isLost ? claim.lost(meanwhile) : states.error}
        </p>
      )}
    </div>
  );
}
