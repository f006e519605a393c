import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { encode } from 'uqr';
import { ask, Refusal, type Schemas, type Session } from '../api/client';
import { enter, useSignOut } from '../api/session';
import { Failed, Loading } from '../states/States';
import { useWords } from '../words';
import { Entry } from './Entry';
import { Field } from './Field';
import { typedIn } from './typed';

/** Somebody whose role asks for one-time codes sets them up before anything else. */
export default function SecondFactor() {
  const { secondFactor: text, signOut } = useWords();
  const queries = useQueryClient();
  const leave = useSignOut();
  return (
    <Entry
      isWide
      footer={
        <button type="button" className="button plain" onClick={() => void leave()}>
          {signOut}
        </button>
      }
    >
      <h1>{text.title}</h1>
      <p>{text.why}</p>
      <SetUpCodes done={(session) => enter(queries, session)} />
    </Entry>
  );
}

/** What an authenticator is given, and the first code that it shows. */
export function SetUpCodes({ done }: { done: (session: Session) => void }) {
  const { secondFactor: text, states } = useWords();
  const begun = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => ask<Schemas['SecondFactorShown']>('POST', '/api/me/second-factor'),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const confirm = useMutation({
    mutationFn: (code: string) => ask<Session>('POST', '/api/me/second-factor/confirm', { body: { code } }),
    onSuccess: done,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirm.mutate(typedIn(event.currentTarget, 'code'));
  };
  const isWrong = confirm.error instanceof Refusal && confirm.error.status === 400;
  return (
    <>
      {begun.isPending && <Loading rows={2} height={90} />}
      {begun.error && <Failed error={begun.error} retry={() => void begun.refetch()} />}
      {begun.data && (
        <>
          <p>{text.scan}</p>
          <div className="secret">
            <QrCode text={begun.data.address} label={text.qr} />
            <p>
              <span className="hint">{text.secret}</span>
              <br />
              <code>{begun.data.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
            </p>
          </div>
          <form onSubmit={submit}>
            <Field
              label={text.code}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              minLength={6}
              maxLength={12}
              required
              autoFocus
              isWrong={isWrong}
            />
            {confirm.error && (
              <p className="fault" role="alert">
                {isWrong ? text.wrong : states.error}
              </p>
            )}
            <button type="submit" className="button main submit" disabled={confirm.isPending}>
              {text.submit}
            </button>
          </form>
        </>
      )}
    </>
  );
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 1 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={squares.join('')} fill="#000" />
    </svg>
  );
}
