import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, Refusal, type Schemas } from '../api/client';
import { useOwn } from '../words';
import { PEOPLE } from './words';

interface Given {
  personId: string;
  finding: Schemas['FindingShown'];
  maySilence: boolean;
  time: (at: string) => string;
  changed: () => void;
}

/** 停叫: that a rule rings nobody for this person, until when and why; set and ended by a doctor. */
export function Silenced({ personId, finding, maySilence, time, changed }: Given) {
  const { silence: words } = useOwn(PEOPLE);
  const [isOpen, setOpen] = useState(false);
  const [until, setUntil] = useState('');
  const { silenced } = finding;
  const act = useMutation({
    mutationFn: () =>
      silenced
        ? ask('POST', `/api/people/${personId}/silences/${silenced.id}/end`)
        : ask('POST', `/api/findings/${finding.id}/silence`, { body: { until } }),
    onSuccess: () => setOpen(false),
    onSettled: changed,
  });
  const mayBe = maySilence && finding.kind === 'finding' && finding.status !== 'retracted';
  if (!silenced && !mayBe) return null;
  return (
    <div className="acts">
      {silenced && <em className="tag">{words.until(time(silenced.until), silenced.reason)}</em>}
      {silenced && maySilence && (
        <button type="button" className="button plain" disabled={act.isPending} onClick={() => act.mutate()}>
          {words.end}
        </button>
      )}
      {!silenced && (
        <button
          type="button"
          className="button plain"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {words.set}
        </button>
      )}
      {isOpen && (
        <form
          className="acts"
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate();
          }}
        >
          <label className="field">
            <span>{words.lastDay}</span>
            <input
              className="input short"
              autoFocus
              placeholder="2027-01-31"
              maxLength={10}
              value={until}
              onChange={({ target }) => setUntil(target.value)}
            />
          </label>
          <button
            type="submit"
            className="button main"
            disabled={!/^\d{4}-\d{2}-\d{2}$/.test(until) || act.isPending}
          >
            {words.confirm}
          </button>
        </form>
      )}
      {act.isError && (
        <span className="fault" role="alert">
          {act.error instanceof Refusal && act.error.status === 400 ? words.notAllowed : words.failed}
        </span>
      )}
    </div>
  );
}
