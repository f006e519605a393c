import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ask, Refusal, type Schemas, type Session, type TaskDetail } from '../api/client';
import { may } from '../api/session';
import { LookAlikes } from '../parts/LookAlikes';
import { useOnce } from '../parts/useOnce';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn, useWords } from '../words';
import { nameOf, sexAndAge } from '../words/people';
import { shortTime, shortTimeToSecond } from '../words/times';
import { ClassBadge } from './ClassBadge';
import { DESK } from './desk-words';
import { HISTORY, whoDid } from './history-words';

type Recheck = Schemas['Recheck'];
type Loop = Schemas['LoopShown'];
const OUTCOMES = ['confirmed', 'ruled-out', 'treated', 'under-observation', 'declined', 'lost'] as const;

/** Who was told and is to be examined again: until somebody knows what became of it. */
export default function Rechecks({ session, now }: { session: Session; now: number }) {
  const { rechecks: words } = useOwn(DESK);
  const history = useOwn(HISTORY);
  const all = useWords();
  const [late, setLate] = useState<{ item: Recheck; loop: Loop } | null>(null);
  const asked = useQuery({
    queryKey: ['rechecks'],
    queryFn: ({ signal }) => ask<Schemas['RecheckPage']>('GET', '/api/rechecks', { signal }),
  });
  if (asked.isPending) return <Loading rows={6} height={62} />;
  if (asked.error && !asked.data) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { items, total } = asked.data;
  // It stands above the list, which it has left.
  const tooLate = late?.loop.closedBy && late.loop.closedAt && (
    <p className="fault" role="alert">
      {words.stale(
        nameOf(late.item.person, all),
        whoDid({ actor: late.loop.closedBy, actorName: late.loop.closedByName }, history),
        shortTimeToSecond(Date.parse(late.loop.closedAt), now, session.timeZone),
        words.outcomes[late.loop.outcome as keyof typeof words.outcomes] ?? '',
      )}
    </p>
  );
  if (items.length === 0)
    return (
      <div className="rechecks">
        {tooLate}
        <p className="state">{words.none}</p>
      </div>
    );
  return (
    <div className="rechecks">
      {tooLate}
      <ul aria-label={words.title}>
        {items.map((item) => (
          <li key={item.findingId}>
            <One
              item={item}
              session={session}
              now={now}
              changed={() => void asked.refetch()}
              late={setLate}
            />
          </li>
        ))}
      </ul>
      <p className="hint">{words.total(total)}</p>
    </div>
  );
}

function One({
  item,
  session,
  now,
  changed,
  late,
}: {
  item: Recheck;
  session: Session;
  now: number;
  changed: () => void;
  /** Somebody else was quicker. */
  late: (what: { item: Recheck; loop: Loop } | null) => void;
}) {
  const { language, words: all } = useLanguage();
  const { rechecks: words } = useOwn(DESK);
  const [isOpen, setOpen] = useState(false);
  const time = (at: string) => shortTime(Date.parse(at), now, session.timeZone);
  return (
    <article className={`recheck class-${item.class}`}>
      <header>
        <ClassBadge of={item.class} />
        <strong>{nameOf(item.person, all)}</strong> <span>{sexAndAge(item.person, all)}</span>
        {item.isOverdue && <em className="tag new">{words.late}</em>}
        <span className="hint">{words.told(time(item.toldAt))}</span>
      </header>
      <p>
        <LookAlikes>
          {item.isConfidential ? all.queue.confidential : inLanguage(item.brief, language)}
        </LookAlikes>
      </p>
      <div className="acts">
        <span className={item.isOverdue ? 'late' : 'hint'}>
          {item.recheckAt === null ? words.due(time(item.due)) : words.agreed(time(item.recheckAt))}
        </span>
        <Link className="button" href={`/people/${item.person.id}`}>
          {words.person}
        </Link>
        {may(session, 'work-tasks') && (
          <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {words.record}
          </button>
        )}
      </div>
      {isOpen && <Outcome item={item} changed={changed} late={late} />}
    </article>
  );
}

interface OutcomeGiven {
  item: Recheck;
  changed: () => void;
  late: (what: { item: Recheck; loop: Loop } | null) => void;
}

function Outcome({ item, changed, late }: OutcomeGiven) {
  const { rechecks: words, changed: stale } = useOwn(DESK);
  const { states } = useWords();
  const [note, setNote] = useState('');
  const save = useMutation({
    onMutate: () => late(null),
    mutationFn: (outcome: (typeof OUTCOMES)[number]) => {
      const text = note.trim();
      const said = text === '' ? {} : outcome === 'lost' ? { note: text } : { diagnosis: text };
      const body = { version: item.version, outcome, ...said };
      return ask('POST', `/api/findings/${encodeURIComponent(item.findingId)}/outcome`, { body });
    },
    onSuccess: changed,
    onError: async (error) => {
      const loop = error instanceof Refusal && error.status === 409 ? await loopOf(item) : undefined;
      if (loop) late({ item, loop });
      changed();
    },
  });
  const send = useOnce(save);
  return (
    <div className="acts">
      <label className="field wide">
        <span>{words.note}</span>
        <input
          className="input"
          autoFocus
          maxLength={500}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      {OUTCOMES.map((outcome) => (
        <button
          key={outcome}
          type="button"
          className="button"
          disabled={save.isPending}
          onClick={() => send(outcome)}
        >
          {words.outcomes[outcome]}
        </button>
      ))}
      {save.isError && (
        <p className="fault" role="alert">
          {save.error instanceof Refusal && save.error.status === 409 ? stale('') : states.error}
        </p>
      )}
    </div>
  );
}

/** What has become of it meanwhile; undefined where that cannot be read. */
async function loopOf({ taskId, findingId }: Recheck): Promise<Loop | undefined> {
  try {
    const { loops } = await ask<TaskDetail>('GET', `/api/tasks/${encodeURIComponent(taskId)}`);
    return loops.find((loop) => loop.findingId === findingId);
  } catch {
    return undefined;
  }
}
