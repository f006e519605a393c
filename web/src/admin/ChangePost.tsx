import { useMutation, useQuery } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { ask, type Schemas } from '../api/client';
import { nameOfCentre } from '../parts/centres';
import { useOwn, useWords } from '../words';
import { ADMIN } from './words';

type User = Schemas['UserShown'];
type Role = User['roles'][number];

/** What somebody may do, and whose people they see. */
export function ChangePost({ user, close, saved }: { user: User; close: () => void; saved: () => void }) {
  const { users: words, failed } = useOwn(ADMIN);
  const { roles: roleNames } = useWords();
  const centres = useQuery({
    queryKey: ['centres'],
    queryFn: ({ signal }) => ask<Schemas['CentreList']>('GET', '/api/users/centres', { signal }),
  });
  const known = centres.data?.items.map(({ centre }) => centre) ?? [];
  const offered = user.centre === null || known.includes(user.centre) ? known : [user.centre, ...known];
  const save = useMutation({
    mutationFn: (body: { roles: Role[]; seesSensitive: boolean; centre: string | null }) =>
      ask('PUT', `/api/users/${user.id}/post`, { body }),
    onSuccess: saved,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const centre = typed.get('centre') as string;
    save.mutate({
      roles: typed.getAll('roles') as Role[],
      seesSensitive: typed.has('sees'),
      centre: centre === '' ? null : centre,
    });
  };
  return (
    <form className="panel" onSubmit={submit} aria-label={words.postOf(user.name)}>
      <h2>{words.postOf(user.name)}</h2>
      <fieldset className="checks">
        <legend>{words.roles}</legend>
        {(Object.keys(roleNames) as Role[]).map((role) => (
          <label key={role}>
            <input type="checkbox" name="roles" value={role} defaultChecked={user.roles.includes(role)} />{' '}
            {roleNames[role]}
          </label>
        ))}
      </fieldset>
      <div className="checks">
        <label>
          <input type="checkbox" name="sees" defaultChecked={user.seesSensitive} /> {words.sees}
        </label>
      </div>
      <label className="field">
        <span>{words.centre}</span>
        <select className="input" name="centre" key={offered.join(' ')} defaultValue={user.centre ?? ''}>
          <option value="">{words.everyCentre}</option>
          {offered.map((centre) => (
            <option key={centre} value={centre}>
              {nameOfCentre(centre)}
            </option>
          ))}
        </select>
        <span className="hint">{words.centreHint}</span>
      </label>
      <p className="hint">{words.lessWarning}</p>
      {save.isError && (
        <p className="fault" role="alert">
          {failed}
        </p>
      )}
      <div className="acts">
        <button type="submit" className="button main" disabled={save.isPending}>
          {words.save}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
