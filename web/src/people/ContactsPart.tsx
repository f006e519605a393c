import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask, type Contact } from '../api/client';
import { may } from '../api/session';
import { ClassBadge } from '../queue/ClassBadge';
import { useOwn, useWords } from '../words';
import { shortTime } from '../words/times';
import type { PartGiven } from './given';
import { PEOPLE } from './words';

/** How they are reached, masked until asked for; the calls that were made; their tasks. */
export function ContactsPart({ session, page, now }: PartGiven) {
  const { contacts: words, outcomes } = useOwn(PEOPLE);
  const all = useWords();
  const { person } = page;
  const reveal = useMutation({
    mutationFn: () =>
      ask<{ items: Contact[] }>('POST', `/api/people/${encodeURIComponent(person.id)}/contacts`),
    gcTime: 0,
  });
  const shown = reveal.data?.items ?? person.contacts;
  const time = (at: string) => shortTime(Date.parse(at), now, session.timeZone);
  const inWords = <T extends object>(of: T, key: string | null) =>
    key === null ? '' : key in of ? String(of[key as keyof T]) : key;
  return (
    <>
      <section className="panel" aria-label={words.title}>
        <header>
          <h2>{words.title}</h2>
          {may(session, 'reveal-contacts') && person.contacts.length > 0 && !reveal.data && (
            <button
              type="button"
              className="button"
              disabled={reveal.isPending}
              onClick={() => reveal.mutate()}
            >
              {words.reveal}
            </button>
          )}
          <span role="status" className="hint">
            {reveal.data && words.revealed}
          </span>
        </header>
        {shown.length === 0 && <p className="hint">{words.none}</p>}
        <ul>
          {shown.map((contact) => (
            <li key={`${contact.system} ${contact.value}`}>
              <span className="hint">{inWords(words.systems, contact.system)}</span> <b>{contact.value}</b>{' '}
              <span className="hint">{words.since(time(contact.knownSince))}</span>
            </li>
          ))}
        </ul>
        {reveal.isError && <p className="fault">{all.states.error}</p>}
      </section>
      <section className="panel" aria-label={words.calls}>
        <h2>{words.calls}</h2>
        {page.calls.length === 0 ? (
          <p className="hint">{words.noCalls}</p>
        ) : (
          <div className="table-box">
            <table className="table">
              <thead>
                <tr>
                  {[words.when, words.who, words.how, words.answered, words.became].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.calls.map((call) => (
                  <tr key={call.id}>
                    <td className="keep">{time(call.at)}</td>
                    <td>{call.byName ?? words.byKey}</td>
                    <td className="keep">{call.number}</td>
                    <td>{inWords(words.answeredBy, call.answeredBy)}</td>
                    <td>
                      {inWords(outcomes, call.outcome)}{' '}
                      {call.note && <span className="hint">{call.note}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section className="panel" aria-label={words.tasks}>
        <h2>{words.tasks}</h2>
        <ul>
          {page.tasks.map((task) => (
            <li key={task.id} className="head">
              <ClassBadge of={task.class} />
              <Link href={`/queue/${task.id}`}>{all.queue.code[task.code]}</Link>
              <span>{all.queue.status[task.status as keyof typeof all.queue.status]}</span>
              <span className="hint">{time(task.createdAt)}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
