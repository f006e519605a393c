import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, type Session } from '../../api/client';
import { may } from '../../api/session';
import { useKeys } from '../../queue/keys';
import { useOwn } from '../../words';
import { dayAndTime } from '../../words/times';
import { type Draft, draftAt, faultOf } from './useDraft';
import { DRAFTS } from './words';

interface Given {
  session: Session;
  draft: Draft;
  keep: (draft: Draft) => void;
}

/** A second doctor approves or gives back, never with one key; and what happened to the draft so far. */
export function ReviewPart(given: Given) {
  const { session, draft, keep } = given;
  const words = useOwn(DRAFTS);
  const [, go] = useLocation();
  useKeys({ ']': () => go(`/rules/drafts/${draft.id}/diff`) });
  const withdraw = useMutation({
    mutationFn: () => ask<Draft>('POST', draftAt(draft.id, '/withdraw'), { body: { revision: draft.revision } }),
    onSuccess: keep,
  });
  const isOpen = draft.state === 'editing' || draft.state === 'in-review';
  return (
    <div className="columns">
      <div className="stack">
        {draft.state === 'editing' && <p className="notice">{words.notSent}</p>}
        {draft.state === 'in-review' && may(session, 'approve-rules') && <Decision {...given} />}
        {draft.version && (
          <p className="notice">
            {words.version} <code>{draft.version.slice(0, 12)}</code>
          </p>
        )}
        {isOpen && draft.isOwn && (
          <p>
            <button type="button" className="button" disabled={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {words.withdraw}
            </button>
          </p>
        )}
        {withdraw.error && <p className="fault">{faultOf(withdraw.error, words)}</p>}
      </div>
      <aside className="panel" aria-label={words.history}>
        <h2>{words.history}</h2>
        <ol className="history">
          {draft.events.map(({ action, at, by, reason, revision }, i) => (
            <li key={i}>
              <span className="hint">{dayAndTime(Date.parse(at), session.timeZone)}</span>{' '}
              <span data-foreign>{by ?? words.nobodyBy}</span>{' '}
              {words.acts[action as keyof typeof words.acts] ?? action}{' '}
              <span className="hint">{words.revision(revision)}</span>
              {reason && <p data-foreign>{reason}</p>}
            </li>
          ))}
        </ol>
      </aside>
    </div>
  );
}

function Decision({ draft, keep }: Given) {
  const words = useOwn(DRAFTS);
  const [reason, setReason] = useState('');
  const [code, setCode] = useState('');
  const decide = useMutation({
    mutationFn: (step: 'approve' | 'return') => {
      const body = { revision: draft.revision, reason: reason.trim(), ...(step === 'approve' && { code }) };
      return ask<Draft>('POST', draftAt(draft.id, `/${step}`), { body });
    },
    onSuccess: keep,
    onSettled: () => setCode(''),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    decide.mutate('approve');
  };
  const isReady = reason.trim() !== '';
  const { missing } = draft;
  return (
    <form className="panel stack" onSubmit={submit} aria-label={words.reviewTitle}>
      <h2>{words.reviewTitle}</h2>
      {missing !== null && (
        <p className="notice" role="status">
          {words.missing[missing]}{' '}
          {missing !== 'second-person' && <Link href={`/rules/drafts/${draft.id}/${missing}`}>{words.parts[missing]}</Link>}
        </p>
      )}
      <label className="field">
        <span>{words.reason}</span>
        <input
          className="input"
          maxLength={500}
          placeholder={words.reasonHint}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <label className="field">
        <span>{words.code}</span>
        <input
          className="input"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          maxLength={6}
          placeholder={words.codeHint}
          value={code}
          onChange={({ target }) => setCode(target.value.trim())}
        />
      </label>
      {decide.error && (
        <p className="fault" role="alert">
          {faultOf(decide.error, words)}
        </p>
      )}
      <div className="acts">
        <button className="button main" disabled={missing !== null || !isReady || !/^\d{6}$/.test(code) || decide.isPending}>
          {words.approve}
        </button>
        <button
          type="button"
          className="button"
          disabled={missing === 'second-person' || !isReady || decide.isPending}
          onClick={() => decide.mutate('return')}
        >
          {words.giveBack}
        </button>
      </div>
    </form>
  );
}
