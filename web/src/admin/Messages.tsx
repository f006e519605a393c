import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { may } from '../api/session';
import { Listing } from '../parts/Listing';
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
      <Listing
        asked={asked}
        items={asked.data?.items}
        none={words.none}
        columns={[
          {
            head: words.columns.at,
            keeps: true,
            cell: ({ createdAt }) => dayAndTime(Date.parse(createdAt), session.timeZone),
          },
          { head: words.columns.channel, keeps: true, cell: ({ channel }) => words.channels[channel] },
          {
            head: words.columns.what,
            cell: ({ template }) => words.templates[template] ?? <code>{template}</code>,
          },
          {
            head: words.columns.state,
            keeps: true,
            cell: ({ state: of, attempts }) => (
              <>
                {words.states[of]} <span className="hint">{attempts > 0 && words.attempts(attempts)}</span>
              </>
            ),
          },
          {
            head: words.columns.next,
            cell: (message) => (
              <>
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
              </>
            ),
          },
        ]}
      />
    </>
  );
}
