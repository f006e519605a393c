import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { isSeen, putAway } from '../parts/settings';
import { useOwn } from '../words';
import { ADMIN } from './words';

const AGAIN_MS = 15_000;
const CALLING = ['nurse', 'head-nurse'] as const;

/** What a fresh installation still needs, for its administrator: gone once all of it is done, or put away. */
export function Guide({ session }: { session: Session }) {
  const { guide: words } = useOwn(ADMIN);
  const [isClosed, setClosed] = useState(isSeen('guide'));
  const asked = { enabled: !isClosed, refetchInterval: AGAIN_MS };
  const users = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => ask<Schemas['UserList']>('GET', '/api/users', { signal, isByItself: true }),
    ...asked,
  });
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => ask<Schemas['KeyList']>('GET', '/api/keys', { signal, isByItself: true }),
    ...asked,
  });
  const health = useQuery({
    queryKey: ['health', 'status'],
    queryFn: async ({ signal }) => (await fetch('/health/ready', { signal })).ok,
    ...asked,
  });
  if (isClosed || !users.data || !keys.data || health.data === undefined) return null;
  const has = (...roles: readonly string[]) =>
    users.data.items.some((user) => user.roles.some((role) => roles.includes(role)));
  const feeds = keys.data.items.filter(({ scope, revokedAt }) => scope === 'feed' && revokedAt === null);
  const steps = {
    password: { isDone: true, at: null },
    codes: { isDone: session.hasSecondFactor, at: null },
    users: { isDone: has(...CALLING) && has('duty-doctor'), at: '/admin/users' },
    feed: { isDone: feeds.length > 0, at: '/admin/keys' },
    rules: { isDone: health.data, at: '/admin/health' },
    result: { isDone: feeds.some(({ lastSeenAt }) => lastSeenAt !== null), at: '/admin/keys' },
  } as const;
  const names = Object.keys(steps) as (keyof typeof steps)[];
  if (names.every((name) => steps[name].isDone)) return null;
  const next = names.find((name) => !steps[name].isDone);
  return (
    <section className="panel guide" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <span className="hint">{words.hint}</span>
        <button
          type="button"
          className="button plain"
          onClick={() => {
            putAway('guide');
            setClosed(true);
          }}
        >
          {words.close}
        </button>
      </header>
      <ol>
        {names.map((name) => {
          const { isDone, at } = steps[name];
          return (
            <li key={name} aria-current={name === next ? 'step' : undefined}>
              <span className={isDone ? 'truth-silent' : 'hint'} aria-hidden="true">
                {isDone ? '✓' : '○'}
              </span>{' '}
              {words.steps[name]} <span className="hidden">{isDone ? words.done : words.todo}</span>
              {!isDone && at !== null && (
                <Link className="button" href={at}>
                  {words.go[name as keyof typeof words.go]}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
