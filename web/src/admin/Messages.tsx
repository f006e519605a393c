import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { may } from '../api/session';
import { useLock } from '../queue/useLock';
import { Failed, Loading } from '../states/States';
import { useOwn } from '../words';
import { dayAndTime } from '../words/times';
import { ADMIN } from './words';

type State = Schemas['MessageShown']['state'];
/** What somebody has to see to stands first. */
const STATES: readonly State[] = [
  'dead',
  'failed',
  'bounced',
  'waiting',
  'sending',
  'sent',
  'delivered',
  'suppressed',
];
const LOST: readonly State[] = ['dead', 'failed', 'bounced'];

/** What was sent and what was lost, and sending it again. */
export function Messages({ session }: { session: Session }) {
  const { messages: words, failed } = useOwn(ADMIN);
  const [state, setState] = useState<State | null>(null);
  const counts = useQuery({
    queryKey: ['messages', 'counts'],
    queryFn: ({ signal }) => ask<Schemas['MessageCounts']>('GET', '/api/messages/counts', { signal }),
  });
  const asked = useQuery({
    queryKey: ['messages', state],
    queryFn: ({ signal }) => {
      const of = state === null ? '' : `&state=${state}`;
      return ask<Schemas['MessagePage']>('GET', `/api/messages?limit=100${of}`, { signal });
    },
  });
  useLock(asked.error);
  const resend = useMutation({
    mutationFn: (id: string) => ask('POST', `/api/messages/${id}/resend`, { body: {} }),
    onSettled: () => void Promise.all([counts.refetch(), asked.refetch()]),
  });
  const countOf = (one: State) =>
    (counts.data?.items ?? [])
      .filter((item) => item.state === one)
      .reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className="filters" role="group" aria-label={words.columns.state}>
        <button type="button" className="chip" aria-pressed={state === null} onClick={() => setState(null)}>
          {words.all}
        </button>
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={state === one}
            onClick={() => setState(one)}
          >
            {words.states[one]} <b>{countOf(one)}</b>
          </button>
        ))}
      </div>
      {resend.isSuccess && (
        <p className="done-note" role="status">
          {words.resent}
        </p>
      )}
      {resend.isError && (
        <p className="fault" role="alert">
          {failed}
        </p>
      )}
      {asked.isPending && <Loading rows={5} height={40} />}
      {asked.error && !asked.data && <Failed error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data?.items.length === 0 && <p className="state">{words.none}</p>}
      {asked.data && asked.data.items.length > 0 && (
        <section className="panel table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.columns.at}</th>
                <th scope="col">{words.columns.channel}</th>
                <th scope="col">{words.columns.what}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">{words.columns.next}</th>
              </tr>
            </thead>
            <tbody>
              {asked.data.items.map((message) => (
                <tr key={message.id}>
                  <td className="keep">{dayAndTime(Date.parse(message.createdAt), session.timeZone)}</td>
                  <td className="keep">{words.channels[message.channel]}</td>
                  <td>
                    <code>{message.template}</code>
                  </td>
                  <td className="keep">
                    {words.states[message.state]}{' '}
                    <span className="hint">{message.attempts > 0 && words.attempts(message.attempts)}</span>
                  </td>
                  <td>
                    {message.nextStep && words.next[message.nextStep]}{' '}
                    {LOST.includes(message.state) && may(session, 'resend-messages') && (
                      <button
                        type="button"
                        className="button"
                        disabled={resend.isPending}
                        onClick={() => resend.mutate(message.id)}
                      >
                        {words.resend}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
