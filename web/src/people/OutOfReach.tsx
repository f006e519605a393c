import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, Refusal, type Schemas } from '../api/client';
import { Lock } from '../states/States';
import { useWords } from '../words';
import '../style/pages.css';

type Opened = Schemas['PersonOpened'];
const SHORTEST = 5;

/** Whom a page or a task is about, or who was looked for and is somebody else's. */
export type Whom = { person: string } | { task: string } | 'named';

/** Not one's own, or not there: with a reason one may look, for an hour. */
export default function OutOfReach({ whom, opened }: { whom: Whom; opened: (who: Opened) => void }) {
  const { outOfReach: words, states } = useWords();
  const [isShort, setShort] = useState(false);
  const open = useMutation({
    mutationFn: (body: object) => ask<Opened>('POST', '/api/break-glass', { body }),
    onSuccess: opened,
    gcTime: 0,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => ((typed.get(name) as string | null) ?? '').trim();
    const reason = text('reason');
    setShort([...reason].length < SHORTEST);
    if ([...reason].length < SHORTEST) return;
    const meant = whom === 'named' ? { name: text('name'), birthDate: text('birthDate') } : whom;
    open.mutate({ ...meant, reason });
  };
  const isNobody = open.error instanceof Refusal && open.error.status === 404;
  return (
    <form
      className="panel out-of-reach"
      onSubmit={submit}
      aria-label={words.open}
      noValidate={whom !== 'named'}
    >
      <header>
        <Lock />
        <h2>{whom === 'named' ? words.elsewhere : words.title}</h2>
      </header>
      <p className="hint">{words.hint}</p>
      {whom === 'named' && (
        <div className="fields">
          <label className="field">
            <span>{words.name}</span>
            <input className="input" name="name" required maxLength={255} autoComplete="off" />
          </label>
          <label className="field">
            <span>{words.birthDate}</span>
            <input
              className="input"
              name="birthDate"
              required
              pattern="\d{4}-\d\d-\d\d"
              placeholder="1968-03-14"
              inputMode="numeric"
              autoComplete="off"
            />
          </label>
        </div>
      )}
      <label className="field">
        <span>{words.reason}</span>
        <textarea className="input" name="reason" rows={3} maxLength={255} placeholder={words.reasonHint} />
      </label>
      {(isShort || open.isError) && (
        <p className="fault" role="alert">
          {isShort ? words.short : isNobody ? words.nobody : states.error}
        </p>
      )}
      <div className="acts">
        <button type="submit" className="button main" disabled={open.isPending}>
          {words.open}
        </button>
      </div>
    </form>
  );
}
