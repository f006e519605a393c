import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, type Schemas, type Session } from '../../api/client';
import { may } from '../../api/session';
import { Shell } from '../../shell/Shell';
import { Failed, Loading } from '../../states/States';
import { useOwn } from '../../words';
import { dayAndTime } from '../../words/times';
import '../../style/pages.css';
import type { Draft } from './useDraft';
import { DRAFTS } from './words';

/** Drafts of the rules, and every version to go back to. */
export default function DraftsPage({ session }: { session: Session }) {
  const words = useOwn(DRAFTS);
  const asked = useQuery({
    queryKey: ['drafts'],
    queryFn: ({ signal }) => ask<Schemas['DraftList']>('GET', '/api/rules/drafts', { signal }),
  });
  const { data } = asked;
  return (
    <Shell session={session}>
      <div className="page">
        <p>
          <Link href="/rules">← {words.toRules}</Link>
        </p>
        <div className="head">
          <h1>{words.title}</h1>
        </div>
        {may(session, 'edit-rules') && <Begin />}
        {asked.isPending && <Loading rows={4} height={40} />}
        {asked.error && !data && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {data && (
          <section className="panel table-box" aria-label={words.title}>
            {data.items.length === 0 ? (
              <p className="state">{words.none}</p>
            ) : (
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{words.columns.title}</th>
                    <th scope="col">{words.columns.state}</th>
                    <th scope="col">{words.columns.author}</th>
                    <th scope="col">{words.columns.changed}</th>
                    <th scope="col">{words.columns.files}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map(({ id, title, state, author, changedAt, changes }) => (
                    <tr key={id}>
                      <td>
                        <Link href={`/rules/drafts/${id}/${state === 'in-review' ? 'review' : 'edit'}`} data-foreign>
                          {title}
                        </Link>
                      </td>
                      <td className="keep">
                        <em className={state === 'in-review' ? 'tag warn' : 'tag'}>{words.states[state]}</em>
                      </td>
                      <td className="keep" data-foreign>
                        {author ?? words.key}
                      </td>
                      <td className="keep">{dayAndTime(Date.parse(changedAt), session.timeZone)}</td>
                      <td>
                        <code>{changes.join(' ')}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        )}
        <Versions session={session} />
      </div>
    </Shell>
  );
}

/** Makes a draft and opens it. */
export function useBegin() {
  const [, go] = useLocation();
  return useMutation({
    mutationFn: ({ open: _, ...body }: { title: string; rollsBackTo?: string; rule?: string; open?: string }) =>
      ask<Draft>('POST', '/api/rules/drafts', { body }),
    onSuccess: ({ id, changes }, { rollsBackTo, open }) => {
      const part = rollsBackTo === undefined ? 'edit' : 'diff';
      const path = changes[0] === undefined ? (open ?? '') : `?path=${encodeURIComponent(changes[0])}`;
      go(`/rules/drafts/${id}/${part}${part === 'edit' ? path : ''}`);
    },
  });
}

function Begin() {
  const words = useOwn(DRAFTS);
  const [isOpen, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const begin = useBegin();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    begin.mutate({ title: title.trim() });
  };
  if (!isOpen)
    return (
      <p>
        <button type="button" className="button main" onClick={() => setOpen(true)}>
          {words.make}
        </button>
      </p>
    );
  return (
    <form className="panel stack" onSubmit={submit}>
      <label className="field">
        <span>{words.why}</span>
        <input
          className="input"
          autoFocus
          required
          maxLength={200}
          placeholder={words.whyHint}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      {begin.error && <p className="fault">{words.notSaved}</p>}
      <div className="acts">
        <button className="button main" disabled={title.trim() === '' || begin.isPending}>
          {words.begin}
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function Versions({ session }: { session: Session }) {
  const words = useOwn(DRAFTS);
  const asked = useQuery({
    queryKey: ['versions'],
    queryFn: ({ signal }) => ask<Schemas['VersionList']>('GET', '/api/rules/versions', { signal }),
  });
  const begin = useBegin();
  const { data } = asked;
  if (!data) return asked.error ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : null;
  return (
    <section className="panel" aria-label={words.versions}>
      <h2>{words.versions}</h2>
      <p className="hint">{words.rollBackHint}</p>
      {begin.error && <p className="fault">{words.notSaved}</p>}
      <ul className="versions">
        {data.items.map(({ version, firstInForce, isInForce }) => (
          <li key={version}>
            <code>{version.slice(0, 12)}</code>{' '}
            <span className="hint">{words.since(dayAndTime(Date.parse(firstInForce), session.timeZone))}</span>{' '}
            {isInForce && <em className="tag done">{words.inForce}</em>}
            {!isInForce && may(session, 'edit-rules') && (
              <button
                type="button"
                className="button"
                disabled={begin.isPending}
                onClick={() => begin.mutate({ title: words.rollBackWhy(version.slice(0, 12)), rollsBackTo: version })}
              >
                {words.rollBack}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
