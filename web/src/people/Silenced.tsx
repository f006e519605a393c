import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, Refusal, type Schemas } from '../api/client';
import { ReasonForm } from '../parts/ReasonForm';
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
  const { silenced } = finding;
  const end = useMutation({
    mutationFn: () => ask('POST', `/api/people/${personId}/silences/${silenced!.id}/end`),
    onSettled: changed,
  });
  const mayBe = maySilence && finding.kind === 'finding' && finding.status !== 'retracted';
  if (!silenced && !mayBe) return null;
  if (!silenced) return <Silence {...{ finding, changed }} />;
  return (
    <div className="acts">
      <em className="tag" data-foreign>
        {words.until(time(silenced.until), silenced.reason)}
      </em>
      {maySilence && (
        <button type="button" className="button plain" disabled={end.isPending} onClick={() => end.mutate()}>
          {words.end}
        </button>
      )}
      {end.isError && (
        <span className="fault" role="alert">
          {words.failed}
        </span>
      )}
    </div>
  );
}

/** Only by a reason that the policy has for the rule, and only as long as it says. */
function Silence({ finding, changed }: Pick<Given, 'finding' | 'changed'>) {
  const { silence: words } = useOwn(PEOPLE);
  const [until, setUntil] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const at = `/api/findings/${encodeURIComponent(finding.id)}/silence`;
  const { data } = useQuery({
    queryKey: ['silence-reasons', finding.id],
    queryFn: ({ signal }) => ask<Schemas['SilenceReasons']>('GET', at, { signal }),
    staleTime: Infinity,
  });
  const allowed = data?.items.find(({ reason }) => reason === chosen) ?? data?.items[0];
  if (!data || !allowed) return null;
  return (
    <div className="acts">
      <ReasonForm
        name={words.set}
        confirm={words.confirm}
        isWhole={/^\d{4}-\d{2}-\d{2}$/.test(until)}
        send={() => ask('POST', at, { body: { until, reason: allowed.reason } })}
        changed={changed}
        faultIn={(error) =>
          error instanceof Refusal && error.status === 400
            ? words.notAllowed(allowed.longestDays)
            : words.failed
        }
      >
        <label className="field">
          <span>{words.why}</span>
          <select
            className="input"
            data-foreign
            value={allowed.reason}
            onChange={({ target }) => setChosen(target.value)}
          >
            {data.items.map(({ reason }) => (
              <option key={reason} value={reason}>
                {reason}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{words.lastDay}</span>
          <input
            className="input short"
            autoFocus
            placeholder="2027-01-31"
            maxLength={10}
            value={until}
            onChange={({ target }) => setUntil(target.value.normalize('NFKC'))}
          />
        </label>
        <span className="hint">{words.longest(allowed.longestDays)}</span>
      </ReasonForm>
    </div>
  );
}
