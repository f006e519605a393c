import { useState } from 'react';
import { ask, type Finding, Refusal, type Session } from '../api/client';
import { ReasonForm } from '../parts/ReasonForm';
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
  const [typed, setTyped] = useState('');
  const reason = typed.trim();
  const { reported } = finding;
  if (!reported) return null;
  const isMine = reported.recordedBy === `user:${session.id}` || session.roles.includes('head-nurse');
  return (
    <div className="reported">
      <span className="hint">{words.byHand(reported.by)}</span>{' '}
      {isMine && finding.status !== 'retracted' && (
        <ReasonForm
          name={words.withdraw}
          confirm={words.confirm}
          isWhole={reason.length >= 2}
          send={() =>
            ask('POST', `/api/findings/${encodeURIComponent(finding.id)}/withdraw`, { body: { reason } })
          }
          changed={changed}
          faultIn={(error) =>
            error instanceof Refusal && error.status === 403 ? words.notYours : words.failed
          }
        >
          <label className="field">
            <span>{words.why}</span>
            <input
              className="input"
              autoFocus
              autoComplete="off"
              maxLength={200}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </label>
        </ReasonForm>
      )}
    </div>
  );
}
