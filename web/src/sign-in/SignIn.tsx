import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useSearch } from 'wouter';
import { ask, Refusal, type Session } from '../api/client';
import { enter, wasSignedIn } from '../api/session';
import { type Words, useWords } from '../words';
import { Entry } from './Entry';
import { Field } from './Field';
import { typedIn } from './typed';

interface Typed {
  login: string;
  password: string;
  code?: string;
}

export function SignIn() {
  const words = useWords();
  const queries = useQueryClient();
  const isLocked = new URLSearchParams(useSearch()).has('from') && wasSignedIn();
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation<Session, Error, Typed>({
    mutationFn: (body) => ask<Session>('POST', '/api/session', { body }),
    onSuccess: (session) => enter(queries, session),
    onError: (error) => setNeedsCode((before) => before || isCodeMissing(error)),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const [login, password, code] = ['login', 'password', 'code'].map((name) => typedIn(form, name));
    signIn.mutate({ login: login!, password: password!, ...(code && { code }) });
  };
  const { signIn: text } = words;
  return (
    <Entry footer={text.forgotten}>
      <h1>{text.title}</h1>
      {isLocked && !signIn.isError && <p className="hint">{words.states.locked}</p>}
      <form onSubmit={submit}>
        <Field
          label={text.login}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          maxLength={64}
        />
        <Field
          label={text.password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
        />
        {needsCode && (
          <Field
            key="code"
            label={text.code}
            hint={text.codeHint}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
            maxLength={12}
          />
        )}
        {signIn.error && (
          <p className="fault" role="alert">
            {faultInWords(signIn.error, words)}
          </p>
        )}
        <button type="submit" className="button main submit" disabled={signIn.isPending}>
          {text.submit}
        </button>
      </form>
    </Entry>
  );
}

function isCodeMissing(error: Error): boolean {
  return error instanceof Refusal && error.status === 401 && error.path === 'code';
}

function faultInWords(error: Error, { signIn, states }: Words): string {
  if (isCodeMissing(error)) return signIn.codeNeeded;
  if (!(error instanceof Refusal)) return states.error;
  if (error.status === 429) {
    const seconds = error.retryAfterSeconds ?? 60;
    return signIn.blocked(seconds < 90 ? signIn.seconds(seconds) : signIn.minutes(Math.ceil(seconds / 60)));
  }
  return error.status === 401 || error.status === 400 ? signIn.wrong : states.error;
}
