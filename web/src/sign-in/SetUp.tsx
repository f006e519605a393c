import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, Refusal, type Schemas, type Session } from '../api/client';
import { enter } from '../api/session';
import { Failed, Loading } from '../states/States';
import { useWords } from '../words';
import { Entry } from './Entry';
import { Field } from './Field';
import { typedIn } from './typed';

/** By a link that is good once, somebody chooses their password. */
export default function SetUp({ token }: { token: string }) {
  const { setUp: text, signIn, states } = useWords();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [fault, setFault] = useState<'differs' | 'weak' | 'gone' | 'error' | null>(null);
  const address = `/api/set-up/${encodeURIComponent(token)}`;
  const link = useQuery({
    queryKey: ['set-up', token],
    queryFn: () => ask<Schemas['LinkShown']>('GET', address),
    staleTime: Infinity,
  });
  const choose = useMutation({
    mutationFn: (password: string) => ask<Session>('POST', address, { body: { password } }),
    onSuccess: (session) => {
      enter(queries, session);
      go('/', { replace: true });
    },
    onError: (error) => {
      const status = error instanceof Refusal ? error.status : 0;
      setFault(status === 400 ? 'weak' : status === 404 ? 'gone' : 'error');
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = typedIn(event.currentTarget, 'password');
    if (password !== typedIn(event.currentTarget, 'again')) setFault('differs');
    else choose.mutate(password);
  };
  const isGone = (link.error instanceof Refusal && link.error.status === 404) || fault === 'gone';
  return (
    <Entry>
      <h1>{text.title}</h1>
      {isGone && (
        <>
          <p className="fault" role="alert">
            {text.gone}
          </p>
          <p>
            <Link className="button" href="/sign-in">
              {signIn.title}
            </Link>
          </p>
        </>
      )}
      {link.isPending && <Loading rows={3} height={40} />}
      {link.error && !isGone && <Failed error={link.error} retry={() => void link.refetch()} />}
      {link.data && !isGone && (
        <>
          <p>
            {text.welcome(link.data.name)}
            <br />
            <span className="hint">{text.login(link.data.login)}</span>
          </p>
          <form onSubmit={submit}>
            <input
              type="text"
              name="username"
              autoComplete="username"
              value={link.data.login}
              readOnly
              hidden
            />
            <Field
              label={text.password}
              hint={text.rule}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={10}
              maxLength={128}
              required
              autoFocus
              isWrong={fault === 'weak'}
            />
            <Field
              label={text.again}
              name="again"
              type="password"
              autoComplete="new-password"
              required
              isWrong={fault === 'differs'}
            />
            {fault && (
              <p className="fault" role="alert">
                {fault === 'error' ? states.error : text[fault]}
              </p>
            )}
            <button type="submit" className="button main submit" disabled={choose.isPending}>
              {text.submit}
            </button>
          </form>
        </>
      )}
    </Entry>
  );
}
