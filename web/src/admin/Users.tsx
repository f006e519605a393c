import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, type Schemas, type Session } from '../api/client';
import { nameOfCentre } from '../parts/centres';
import { Listing } from '../parts/Listing';
import { useOwn, useWords } from '../words';
import { dayAndTime } from '../words/times';
import { ChangePost } from './ChangePost';
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
  const [changing, setChanging] = useState<User | null>(null);
  const asked = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => ask<Schemas['UserList']>('GET', '/api/users', { signal }),
  });
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
      {changing && (
        <ChangePost
          key={changing.id}
          user={changing}
          close={() => setChanging(null)}
          saved={() => {
            setChanging(null);
            void asked.refetch();
          }}
        />
      )}
      <Listing
        asked={asked}
        items={asked.data?.items}
        none={words.none}
        columns={[
          {
            head: words.columns.name,
            isForeign: true,
            cell: ({ name, login }) => (
              <>
                <strong>{name}</strong> <code>{login}</code>
              </>
            ),
          },
          {
            head: words.columns.roles,
            cell: (user) => (
              <>
                {user.roles.map((role) => roleNames[role]).join('、')}{' '}
                {user.seesSensitive && <em className="tag">{words.sees}</em>}
              </>
            ),
          },
          {
            head: words.centre,
            isForeign: true,
            cell: ({ centre }) => (centre === null ? words.everyCentre : nameOfCentre(centre)),
          },
          { head: words.columns.last, keeps: true, cell: ({ lastSignInAt }) => time(lastSignInAt) },
          {
            head: words.columns.state,
            keeps: true,
            cell: (user) => (
              <>
                {stateOf(user)} {user.hasSecondFactor && <em className="tag done">{words.twoSteps}</em>}
              </>
            ),
          },
          {
            head: words.acts,
            isHeadHidden: true,
            cell: (user) =>
              user.id !== session.id && (
                <span className="acts">
                  <button
                    type="button"
                    className="button"
                    aria-label={`${words.post} ${user.name}`}
                    onClick={() => setChanging(user)}
                  >
                    {words.post}
                  </button>
                  <button
                    type="button"
                    className="button"
                    aria-label={`${user.disabledAt === null ? words.lock : words.unlock} ${user.name}`}
                    disabled={act.isPending}
                    onClick={() => act.mutate({ user, step: user.disabledAt === null ? 'lock' : 'unlock' })}
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
              ),
          },
        ]}
      />
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
