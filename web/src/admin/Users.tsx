import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { useLock } from '../queue/useLock';
import { Failed, Loading } from '../states/States';
import { useOwn, useWords } from '../words';
import { dayAndTime } from '../words/times';
import { Once } from './Once';
import { ADMIN } from './words';

type User = Schemas['UserShown'];
type Role = User['roles'][number];
interface Made {
  name: string;
  link: string;
}

/** Who may sign in: invited by a link, locked out and let in again. */
export function Users({ session }: { session: Session }) {
  const { users: words, failed } = useOwn(ADMIN);
  const { roles: roleNames } = useWords();
  const [made, setMade] = useState<Made | null>(null);
  const [isAdding, setAdding] = useState(false);
  const asked = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => ask<Schemas['UserList']>('GET', '/api/users', { signal }),
  });
  useLock(asked.error);
  const act = useMutation({
    mutationFn: ({ user, step }: { user: User; step: 'lock' | 'unlock' }) =>
      ask('POST', `/api/users/${user.id}/disabled`, { body: { isDisabled: step === 'lock' } }),
    onSettled: () => void asked.refetch(),
  });
  const renew = useMutation({
    mutationFn: async (user: User): Promise<Made> => {
      const { link } = await ask<Schemas['LinkMade']>('POST', `/api/users/${user.id}/link`, { body: {} });
      return { name: user.name, link: location.origin + link };
    },
    onSuccess: setMade,
    onSettled: () => void asked.refetch(),
  });
  const time = (at: string | null) =>
    at === null ? words.never : dayAndTime(Date.parse(at), session.timeZone);
  const stateOf = (user: User) =>
    user.disabledAt !== null ? words.disabled : user.hasPassword ? words.active : words.noPassword;
  return (
    <>
      {made && <Once key={made.link} says={words.link(made.name)} secret={made.link} />}
      {isAdding ? (
        <Invite
          close={() => setAdding(false)}
          added={(one) => {
            setMade(one);
            setAdding(false);
            void asked.refetch();
          }}
        />
      ) : (
        <p>
          <button type="button" className="button main" onClick={() => setAdding(true)}>
            {words.add}
          </button>
        </p>
      )}
      {(act.isError || renew.isError) && (
        <p className="fault" role="alert">
          {failed}
        </p>
      )}
      {asked.isPending && <Loading rows={5} height={40} />}
      {asked.error && !asked.data && <Failed error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data && (
        <section className="panel table-box">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.roles}</th>
                <th scope="col">{words.columns.last}</th>
                <th scope="col">{words.columns.state}</th>
                <th scope="col">
                  <span className="hidden">{words.lock}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {asked.data.items.map((user) => (
                <tr key={user.id}>
                  <td>
                    <strong>{user.name}</strong> <code>{user.login}</code>
                  </td>
                  <td>
                    {user.roles.map((role) => roleNames[role]).join('、')}{' '}
                    {user.seesSensitive && <em className="tag">{words.sees}</em>}
                  </td>
                  <td className="keep">{time(user.lastSignInAt)}</td>
                  <td className="keep">
                    {stateOf(user)} {user.hasSecondFactor && <em className="tag done">{words.twoSteps}</em>}
                  </td>
                  <td>
                    {user.id !== session.id && (
                      <span className="acts">
                        <button
                          type="button"
                          className="button"
                          aria-label={`${user.disabledAt === null ? words.lock : words.unlock} ${user.name}`}
                          disabled={act.isPending}
                          onClick={() =>
                            act.mutate({ user, step: user.disabledAt === null ? 'lock' : 'unlock' })
                          }
                        >
                          {user.disabledAt === null ? words.lock : words.unlock}
                        </button>
                        <button
                          type="button"
                          className="button"
                          aria-label={`${words.renew} ${user.name}`}
                          disabled={renew.isPending || user.disabledAt !== null}
                          onClick={() => renew.mutate(user)}
                        >
                          {words.renew}
                        </button>
                      </span>
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

function Invite({ close, added }: { close: () => void; added: (made: Made) => void }) {
  const { users: words } = useOwn(ADMIN);
  const { roles: roleNames } = useWords();
  const save = useMutation({
    mutationFn: async (body: { login: string; name: string; roles: Role[]; seesSensitive: boolean }) => {
      const { link } = await ask<Schemas['LinkMade']>('POST', '/api/users', { body });
      return { name: body.name, link: location.origin + link };
    },
    onSuccess: added,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => {
      const given = typed.get(name);
      return typeof given === 'string' ? given.trim() : '';
    };
    save.mutate({
      login: text('login'),
      name: text('name') || text('login'),
      roles: typed.getAll('roles') as Role[],
      seesSensitive: typed.has('sees'),
    });
  };
  return (
    <form className="panel" onSubmit={submit} aria-label={words.add}>
      <div className="fields">
        <label className="field">
          <span>{words.login}</span>
          <input className="input" name="login" autoFocus required maxLength={64} autoComplete="off" />
          <span className="hint">{words.loginHint}</span>
        </label>
        <label className="field">
          <span>{words.name}</span>
          <input className="input" name="name" required maxLength={64} autoComplete="off" />
        </label>
      </div>
      <fieldset className="checks">
        <legend>{words.roles}</legend>
        {(Object.keys(roleNames) as Role[]).map((role) => (
          <label key={role}>
            <input type="checkbox" name="roles" value={role} /> {roleNames[role]}
          </label>
        ))}
      </fieldset>
      <div className="checks">
        <label>
          <input type="checkbox" name="sees" /> {words.sees}
        </label>
      </div>
      {save.isError && (
        <p className="fault" role="alert">
          {words.taken}
        </p>
      )}
      <div className="acts">
        <button type="submit" className="button main" disabled={save.isPending}>
          {words.invite}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
