import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ask, Refusal, type Schemas, type Session } from '../api/client';
import { may } from '../api/session';
import { LookAlikes } from '../parts/LookAlikes';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn, useWords } from '../words';
import { nameOf, sexAndAge } from '../words/people';
import { shortTime } from '../words/times';
import { ClassBadge } from './ClassBadge';
import { DESK } from './desk-words';

type Recheck = Schemas['Recheck'];
const OUTCOMES = ['confirmed', 'ruled-out', 'treated', 'under-observation', 'declined', 'lost'] as const;

/** Who was told and is to be examined again: until somebody knows what became of it. */
export default function Rechecks({ session, now }: { session: Session; now: number }) {
  const { rechecks: words } = useOwn(DESK);
  const asked = useQuery({
    queryKey: ['rechecks'],
    queryFn: ({ signal }) => ask<Schemas['RecheckPage']>('GET', '/api/rechecks', { signal }),
  });
  if (asked.isPending) return <Loading rows={6} height={62} />;
  if (asked.error && !asked.data) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { items, total } = asked.data;
  if (items.length === 0) return <p className="state">{words.none}</p>;
  return (
    <div className="rechecks">
      <ul aria-label={words.title}>
        {items.map((item) => (
          <li key={item.findingId}>
            <One item={item} session={session} now={now} changed={() => void asked.refetch()} />
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
}: {
  item: Recheck;
  session: Session;
  now: number;
  changed: () => void;
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
      {isOpen && <Outcome item={item} changed={changed} />}
    </article>
  );
}

function Outcome({ item, changed }: { item: Recheck; changed: () => void }) {
  const { rechecks: words, changed: stale } = useOwn(DESK);
  const { states } = useWords();
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: (outcome: (typeof OUTCOMES)[number]) => {
      const text = note.trim();
      const said = text === '' ? {} : outcome === 'lost' ? { note: text } : { diagnosis: text };
      const body = { version: item.version, outcome, ...said };
      return ask('POST', `/api/findings/${encodeURIComponent(item.findingId)}/outcome`, { body });
    },
    onSettled: changed,
  });
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
          onClick={() => save.mutate(outcome)}
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
