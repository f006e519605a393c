import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { Failed, Loading } from '../states/States';
import { useOwn } from '../words';
import { shortTime } from '../words/times';
import { HISTORY, inWords, whoDid } from './history-words';

type Step = Schemas['StepShown'];
type Words = (typeof HISTORY)['zh'];

interface Given {
  taskId: string;
  /** It is read anew when the task has changed. */
  version: number;
  session: Session;
  now: number;
}

/** Who did what with a task, when and why; read when somebody asks for it, which is recorded. */
export default function History({ taskId, version, session, now }: Given) {
  const words = useOwn(HISTORY);
  const [isOpen, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: ['task-history', taskId, version],
    queryFn: ({ signal }) =>
      ask<Schemas['TaskHistory']>('GET', `/api/tasks/${encodeURIComponent(taskId)}/history`, { signal }),
    enabled: isOpen,
  });
  return (
    <section aria-label={words.title}>
      <button
        type="button"
        className="button plain"
        aria-expanded={isOpen}
        onClick={() => setOpen((before) => !before)}
      >
        {words.title}
      </button>
      {isOpen && asked.isPending && <Loading rows={3} height={24} />}
      {isOpen && asked.error && <Failed error={asked.error} retry={() => void asked.refetch()} />}
      {isOpen && asked.data && (
        <ol className="steps">
          {asked.data.steps.map((step, i) => (
            <li key={i}>
              <span className="hint">{shortTime(Date.parse(step.at), now, session.timeZone)}</span>{' '}
              <span data-foreign>{whoDid(step, words)}</span> {words.acts[step.action]}
              {asksSomebody(step) && <span className="hint"> {askedIn(step, words)}</span>}
              {step.reason && <p data-foreign>{step.reason}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function asksSomebody({ action }: Step): boolean {
  return action === 'escalated' || action === 'routed';
}

/** Which role was asked, and who of it got a message. */
function askedIn({ detail }: Step, { who, nobody, onDuty }: Words): string {
  const { role, to } = (detail ?? {}) as { role?: unknown; to?: { account: string | null; user: string }[] };
  const people = (to ?? []).flatMap(({ account, user }) => (account === null ? [] : user));
  const told = (to ?? []).length === 0 ? nobody : people.length > 0 ? `${onDuty} ${[...new Set(people)].join(', ')}` : ''; // prettier-ignore
  return [typeof role === 'string' ? inWords(role, who) : '', told].filter(Boolean).join(' · ');
}
