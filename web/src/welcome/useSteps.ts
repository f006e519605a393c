import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { isSeen, putAway } from '../parts/settings';

const AGAIN_MS = 15_000;
const CALLING = ['nurse', 'head-nurse'];

/** What a fresh installation needs, in the order in which it is done. */
export const STEPS = ['account', 'centre', 'rules', 'feed', 'devices', 'users', 'drill'] as const;
export type Step = (typeof STEPS)[number];

export interface Steps {
  isDone: Readonly<Record<Step, boolean>>;
  /** As encounters name them. */
  centres: readonly string[];
  /** Says of a step that only its person can know of that it is done. */
  confirm: (step: Step) => void;
}

const kept = (step: Step): string => `welcome.${step}`;

/** How far a fresh installation has come; null until that is known. Looked at again by itself. */
export function useSteps(session: Session, isWanted: boolean): Steps | null {
  const [, again] = useState(0);
  const asked = { enabled: isWanted, refetchInterval: AGAIN_MS };
  const read =
    <T>(path: string) =>
    ({ signal }: { signal: AbortSignal }) =>
      ask<T>('GET', path, { signal, isByItself: true });
  const users = useQuery({
    queryKey: ['users'],
    queryFn: read<Schemas['UserList']>('/api/users'),
    ...asked,
  });
  const keys = useQuery({ queryKey: ['keys'], queryFn: read<Schemas['KeyList']>('/api/keys'), ...asked });
  const devices = useQuery({
    queryKey: ['devices'],
    queryFn: read<Schemas['DeviceList']>('/api/devices'),
    ...asked,
  });
  const centres = useQuery({
    queryKey: ['centres'],
    queryFn: read<Schemas['CentreList']>('/api/users/centres'),
    ...asked,
  });
  const health = useQuery({
    queryKey: ['health', 'status'],
    queryFn: async ({ signal }) => (await fetch('/health/ready', { signal })).ok,
    ...asked,
  });
  if (!users.data || !keys.data || !devices.data || !centres.data || health.data === undefined) return null;
  const { items: people } = users.data;
  const has = (...roles: readonly string[]) =>
    people.some((user) => user.disabledAt === null && user.roles.some((role) => roles.includes(role)));
  const feeds = keys.data.items.filter(({ scope, revokedAt }) => scope === 'feed' && revokedAt === null);
  return {
    isDone: {
      account: session.hasSecondFactor,
      centre: isSeen(kept('centre')) || people.some(({ centre }) => centre !== null),
      rules: health.data,
      feed: feeds.length > 0,
      devices: isSeen(kept('devices')) || devices.data.items.length > 0,
      users: has(...CALLING) && has('duty-doctor'),
      drill: feeds.some(({ lastSeenAt }) => lastSeenAt !== null),
    },
    centres: centres.data.items.map(({ centre }) => centre),
    confirm: (step) => {
      putAway(kept(step));
      again((n) => n + 1);
    },
  };
}
