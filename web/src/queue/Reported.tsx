import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Finding, Refusal, type Session } from '../api/client';
import { useOwn } from '../words';
import { REPORT } from './report-words';

interface Given {
  finding: Finding;
  session: Session;
  changed: () => void;
}

/** Of what a department reported: who said so, and its withdrawal by whoever wrote it down or the head nurse. */
export function Reported({ finding, session, changed }: Given) {
  const words = useOwn(REPORT);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useMutation({
    mutationFn: () =>
      ask('POST', `/api/findings/${encodeURIComponent(finding.id)}/withdraw`, {
        body: { reason: reason.trim() },
      }),
    onSuccess: () => setOpen(false),
    onSettled: changed,
  });
  const { reported } = finding;
  if (!reported) return null;
  const isMine = reported.recordedBy === `user:${session.id}` || session.roles.includes('head-nurse');
  return (
    <div className="reported">
      <span className="hint">{words.byHand(reported.by)}</span>{' '}
      {isMine && finding.status !== 'retracted' && (
        <button
          type="button"
          className="button plain"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {words.withdraw}
        </button>
      )}
      {isOpen && (
        <form
          className="acts"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim().length >= 2) withdraw.mutate();
          }}
        >
          <label className="field">
            <span>{words.why}</span>
            <input
              className="input"
              autoFocus
              autoComplete="off"
              maxLength={200}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
          <button
            type="submit"
            className="button main"
            disabled={reason.trim().length < 2 || withdraw.isPending}
          >
            {words.confirm}
          </button>
        </form>
      )}
      {withdraw.isError && (
        <p className="fault" role="alert">
          {withdraw.error instanceof Refusal && withdraw.error.status === 403 ? words.notYours : words.failed}
        </p>
      )}
    </div>
  );
}
