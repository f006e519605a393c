import { useQuery } from '@tanstack/react-query';
import type { Session } from '../api/client';
import { Failed, Loading } from '../states/States';
import { useOwn } from '../words';
import { dayAndTime } from '../words/times';
import { ADMIN } from './words';

interface Ready {
  status: string;
  checks: Record<string, string | null>;
  rules: {
    status: string;
    version: string;
    inForceSince: string;
    refused: { count: number; faults: string[] } | null;
  };
}

const EVERY_MS = 30_000;

/** What the service says of itself, whether it is well or not. */
async function readHealth(signal: AbortSignal): Promise<Ready> {
  const answer = await fetch('/health/ready', { signal });
  return (await answer.json()) as Ready;
}

export function Health({ session }: { session: Session }) {
  const { health: words } = useOwn(ADMIN);
  const asked = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: EVERY_MS,
  });
  if (asked.isPending) return <Loading rows={3} height={60} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { status, checks, rules } = asked.data;
  return (
    <>
      <p className={status === 'ok' ? 'done-note' : 'fault'} role="status">
        {status === 'ok' ? words.ok : words.bad}
      </p>
      <div className="figures">
        {Object.entries(checks).map(([name, state]) => (
          <div key={name} className="figure">
            <span>{words.checks[name] ?? name}</span>
            <b className={state === null ? 'truth-silent' : 'truth-fires'}>
              {state === null ? `✓ ${words.check.ok}` : `✗ ${words.check.bad}`}
            </b>
          </div>
        ))}
      </div>
      <section className="panel" aria-label={words.rules}>
        <h2>{words.rules}</h2>
        <p>
          {words.version} <code>{rules.version.slice(0, 12)}</code>{' '}
          <span className="hint">
            {words.since(dayAndTime(Date.parse(rules.inForceSince), session.timeZone))}
          </span>
        </p>
        {rules.refused ? (
          <div className="fault">
            {words.refused(rules.refused.count)}
            <ul data-foreign>
              {rules.refused.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </div>
        ) : (
          <p className="hint">{words.inForce}</p>
        )}
      </section>
    </>
  );
}
