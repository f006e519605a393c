import { useMutation, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { ask, Refusal, type Schemas, type Session, type TaskDetail } from '../api/client';
import { may } from '../api/session';
import { useOnce } from '../parts/useOnce';
import { useOwn, useWords } from '../words';
import { DESK } from './desk-words';
import { useKeys } from './keys';
import { type ReadAgain, useMeanwhile } from './meanwhile';

interface Given {
  session: Session;
  task: TaskDetail;
  now: number;
  changed: ReadAgain;
}

type Colleague = Schemas['Colleague'];
type Step = 'hand-over' | 'reassign' | 'snooze' | 'accept' | 'decline';

const LATER_MINUTES = [15, 30, 60, 120] as const;
const MINUTE_MS = 60_000;
const MOST_SHOWN = 8;
const DOCTORS: readonly Colleague['roles'][number][] = ['duty-doctor', 'attending-doctor'];

/** A task goes to somebody else, or waits: handed over by whoever holds it, given by the head nurse, rung later. */
export function PassOn({ session, task, now, changed }: Given) {
  const words = useOwn(DESK);
  const { states } = useWords();
  const [wanted, setWanted] = useState<'hand-over' | 'doctor' | 'reassign' | 'snooze' | null>(null);
  const { life } = task;
  const isMine = life.claimedBy === session.id;
  const isFree = life.claimedBy === null;
  const mayReassign = may(session, 'reassign-tasks');
  const { meanwhile, acts, failed } = useMeanwhile(task, changed, session.timeZone);
  const act = useMutation({
    onMutate: acts,
    mutationFn: ({ step, ...how }: { step: Step; to?: string; until?: string }) => {
      const body = { version: task.version, ...how };
      return ask('POST', `/api/tasks/${encodeURIComponent(task.id)}/${step}`, { body });
    },
    onSuccess: () => {
      setWanted(null);
      return changed();
    },
    onError: failed,
  });
  const send = useOnce(act);
  const toggle = (what: typeof wanted) => setWanted((before) => (before === what ? null : what));
  useKeys({
    ...(isMine && { h: () => toggle('hand-over'), t: () => toggle('doctor') }),
    ...(mayReassign && { m: () => toggle('reassign') }),
    ...((isMine || isFree) && { l: () => toggle('snooze') }),
  });
  const isStale = act.error instanceof Refusal && act.error.status === 409;
  const isTooLate = act.error instanceof Refusal && act.error.status === 400;
  return (
    <div className="pass-on">
      {life.handoverTo === session.id && (
        <p className="notice" role="alert">
          {words.offeredToMe}{' '}
          <button type="button" className="button main" onClick={() => send({ step: 'accept' })}>
            {words.accept}
          </button>{' '}
          <button type="button" className="button" onClick={() => send({ step: 'decline' })}>
            {words.decline}
          </button>
        </p>
      )}
      <div className="acts">
        {isMine && (
          <Opener
            name={words.handOver}
            letter="H"
            isOpen={wanted === 'hand-over'}
            open={() => toggle('hand-over')}
          />
        )}
        {isMine && (
          <Opener
            name={words.toDoctor}
            letter="T"
            isOpen={wanted === 'doctor'}
            open={() => toggle('doctor')}
          />
        )}
        {mayReassign && (
          <Opener
            name={words.reassign}
            letter="M"
            isOpen={wanted === 'reassign'}
            open={() => toggle('reassign')}
          />
        )}
        {(isMine || isFree) && (
          <Opener name={words.later} letter="L" isOpen={wanted === 'snooze'} open={() => toggle('snooze')} />
        )}
      </div>
      {(wanted === 'hand-over' || wanted === 'doctor' || wanted === 'reassign') && (
        <Colleagues
          taskId={task.id}
          key={wanted}
          isDoctors={wanted === 'doctor'}
          choose={({ id }) => send({ step: wanted === 'doctor' ? 'hand-over' : wanted, to: id })}
          cancel={() => setWanted(null)}
          offered={life.handoverTo}
        />
      )}
      {wanted === 'snooze' && (
        <div className="acts" role="group" aria-label={words.later}>
          {LATER_MINUTES.map((minutes, i) => (
            <button
              key={minutes}
              type="button"
              className="button"
              autoFocus={i === 0}
              disabled={act.isPending}
              onClick={() =>
                send({ step: 'snooze', until: new Date(now + minutes * MINUTE_MS).toISOString() })
              }
            >
              {words.minutes(minutes)}
            </button>
          ))}
        </div>
      )}
      {isMine && life.handoverTo !== null && <Offered taskId={task.id} to={life.handoverTo} />}
      {act.isError && (
        <p className="fault" role="alert">
          {isStale ? words.changed(meanwhile) : isTooLate ? words.tooLate : states.error}
        </p>
      )}
    </div>
  );
}

function Opener({
  name,
  letter,
  isOpen,
  open,
}: {
  name: string;
  letter: string;
  isOpen: boolean;
  open: () => void;
}) {
  return (
    <button type="button" className="button" aria-expanded={isOpen} onClick={open}>
      {name} <kbd>{letter}</kbd>
    </button>
  );
}

function useColleagues(taskId: string) {
  return useQuery({
    queryKey: ['colleagues', taskId],
    queryFn: ({ signal }) =>
      ask<Schemas['ColleagueList']>('GET', `/api/tasks/${encodeURIComponent(taskId)}/colleagues`, { signal }),
    staleTime: 60_000,
  });
}

function Offered({ taskId, to }: { taskId: string; to: string }) {
  const words = useOwn(DESK);
  const { data } = useColleagues(taskId);
  const name = data?.items.find(({ id }) => id === to)?.name ?? words.someone;
  return <p className="hint">{words.offered(name)}</p>;
}

/** Typed by name or first letters; Enter takes the first. */
function Colleagues({
  taskId,
  isDoctors,
  choose,
  cancel,
  offered,
}: {
  taskId: string;
  isDoctors: boolean;
  choose: (colleague: Colleague) => void;
  cancel: () => void;
  offered: string | null;
}) {
  const words = useOwn(DESK);
  const { states } = useWords();
  const { data, isError } = useColleagues(taskId);
  const [typed, setTyped] = useState('');
  // Enter that came before the list did.
  const [isAwaited, setAwaited] = useState(false);
  const text = typed.trim().toLowerCase();
  const found = (data?.items ?? [])
    .filter(({ id }) => id !== offered)
    .filter(({ roles }) => !isDoctors || roles.some((role) => DOCTORS.includes(role)))
    .filter(({ name, initials }) => name.toLowerCase().includes(text) || initials.startsWith(text))
    .slice(0, MOST_SHOWN);
  const [first] = found;
  useEffect(() => {
    if (!isAwaited || !data) return;
    setAwaited(false);
    if (first) choose(first);
  }, [isAwaited, data, first, choose]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      // A mere Enter names nobody.
      if (text === '') return;
      if (!data) setAwaited(true);
      else if (found[0]) choose(found[0]);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      cancel();
    }
  };
  return (
    <div className="colleagues">
      <label className="field">
        <span>{words.toWhom}</span>
        <input
          className="input"
          autoFocus
          autoComplete="off"
          maxLength={64}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAwaited(false);
          }}
          onKeyDown={press}
        />
      </label>
      <div className="acts">
        {found.map((colleague) => (
          <button key={colleague.id} type="button" className="button" onClick={() => choose(colleague)}>
            {colleague.name}
          </button>
        ))}
        {data && found.length === 0 && <span className="hint">{words.nobody}</span>}
        {!data && (isAwaited || isError) && (
          <span className="hint" role="status">
            {isError ? states.error : words.awaited}
          </span>
        )}
      </div>
    </div>
  );
}
