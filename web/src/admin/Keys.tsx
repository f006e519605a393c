import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { Listing } from '../parts/Listing';
import { useOwn } from '../words';
import { dayAndTime } from '../words/times';
import { Once } from './Once';
import { ADMIN } from './words';

type Scope = Schemas['KeyShown']['scope'];

/** Keys of machines: made with a secret that is shown once, and revoked. */
export function Keys({ session }: { session: Session }) {
  const { keys: words, users, failed } = useOwn(ADMIN);
  const [isAdding, setAdding] = useState(false);
  const [asking, setAsking] = useState<string | null>(null);
  const asked = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => ask<Schemas['KeyList']>('GET', '/api/keys', { signal }),
  });
  const make = useMutation({
    mutationFn: (body: { name: string; scope: Scope; isHistory: boolean }) =>
      ask<Schemas['KeyMade']>('POST', '/api/keys', { body }),
    onSuccess: () => setAdding(false),
    onSettled: () => void asked.refetch(),
    gcTime: 0,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => ask('POST', `/api/keys/${id}/revoke`),
    onSettled: () => {
      setAsking(null);
      void asked.refetch();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    make.mutate({
      name: (typed.get('name') as string).trim(),
      scope: typed.get('scope') as Scope,
      isHistory: typed.has('history'),
    });
  };
  const time = (at: string | null) =>
    at === null ? words.never : dayAndTime(Date.parse(at), session.timeZone);
  return (
    <>
      {make.data && <Once key={make.data.id} says={words.secret} secret={make.data.secret} />}
      {isAdding ? (
        <form className="panel" onSubmit={submit} aria-label={words.add}>
          <div className="fields">
            <label className="field">
              <span>{words.name}</span>
              <input className="input" name="name" autoFocus required maxLength={128} autoComplete="off" />
            </label>
            <label className="field">
              <span>{words.scope}</span>
              <select className="input" name="scope">
                {(Object.keys(words.scopes) as Scope[]).map((scope) => (
                  <option key={scope} value={scope}>
                    {words.scopes[scope]}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <div className="checks">
            <label>
              <input type="checkbox" name="history" /> {words.history}
            </label>
          </div>
          <div className="acts">
            <button type="submit" className="button main" disabled={make.isPending}>
              {words.make}
            </button>
            <button type="button" className="button" onClick={() => setAdding(false)}>
              {users.cancel}
            </button>
          </div>
        </form>
      ) : (
        <p>
          <button type="button" className="button main" onClick={() => setAdding(true)}>
            {words.add}
          </button>
        </p>
      )}
      {(make.isError || revoke.isError) && (
        <p className="fault" role="alert">
          {failed}
        </p>
      )}
      <Listing
        asked={asked}
        items={asked.data?.items}
        none={words.none}
        columns={[
          { head: words.columns.name, isForeign: true, cell: ({ name }) => <strong>{name}</strong> },
          {
            head: words.columns.scope,
            cell: (key) => (
              <>
                {words.scopes[key.scope]} {key.isHistory && <em className="tag">{words.history}</em>}
              </>
            ),
          },
          { head: words.columns.made, keeps: true, cell: (key) => time(key.createdAt) },
          { head: words.columns.seen, keeps: true, cell: (key) => time(key.lastSeenAt) },
          {
            head: words.columns.state,
            keeps: true,
            cell: (key) => (key.revokedAt === null ? words.active : words.revoked),
          },
          {
            head: words.revoke,
            isHeadHidden: true,
            cell: (key) =>
              key.revokedAt === null && (
                <button
                  type="button"
                  className="button"
                  aria-label={`${asking === key.id ? words.sure : words.revoke} ${key.name}`}
                  disabled={revoke.isPending}
                  onClick={() => (asking === key.id ? revoke.mutate(key.id) : setAsking(key.id))}
                >
                  {asking === key.id ? words.sure : words.revoke}
                </button>
              ),
          },
        ]}
      />
    </>
  );
}
