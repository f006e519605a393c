import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { ask, Refusal, type Schemas } from '../api/client';
import { inLanguage, useLanguage, useOwn } from '../words';
import { QUALITY } from './words';

/** Judging again what waited may take its time. */
const LONGEST_MS = 10 * 60_000;

interface Given {
  term: Schemas['UnmappedTerm'];
  close: () => void;
  mapped: (made: Schemas['MappedShown']) => void;
}

/** Says what a code, a name or a unit means. */
export function MapForm({ term, close, mapped }: Given) {
  const words = useOwn(QUALITY);
  const { language } = useLanguage();
  const isUnit = term.reason === 'unknown-unit';
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Schemas['AnalyteShown'] | null>(null);
  const [isFasting, setFasting] = useState(false);
  const text = typed.trim();
  const found = useQuery({
    queryKey: ['analytes', text],
    queryFn: ({ signal }) =>
      ask<Schemas['AnalyteList']>('GET', `/api/analytes?q=${encodeURIComponent(text)}`, { signal }),
    enabled: !isUnit && text !== '' && chosen === null,
  });
  const save = useMutation({
    mutationFn: (target: string) => {
      const body = { kind: kindOf(term), source: term.detail, target };
      return ask<Schemas['MappedShown']>('POST', '/api/terms', { body, longestMs: LONGEST_MS });
    },
    onSuccess: mapped,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isUnit && text !== '') save.mutate(text);
    if (chosen) save.mutate(isFasting ? `${chosen.id}; fasting in checkup` : chosen.id);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label className="field">
        <span>{isUnit ? words.unitTo : words.mapTo}</span>
        <input
          className="input"
          autoFocus
          autoComplete="off"
          maxLength={64}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setChosen(null);
          }}
        />
      </label>
      {found.data && chosen === null && (
        <div className="acts" role="group" aria-label={words.mapTo}>
          {found.data.items.map((analyte) => (
            <button key={analyte.id} type="button" className="chip" onClick={() => setChosen(analyte)}>
              {inLanguage(analyte.name, language)}{' '}
              <span className="hint">{analyte.unit === '1' ? '' : analyte.unit}</span>
            </button>
          ))}
          {found.data.items.length === 0 && <span className="hint">{words.none}</span>}
        </div>
      )}
      {chosen && (
        <p>
          <strong>{words.choose(inLanguage(chosen.name, language))}</strong>{' '}
          {chosen.id.includes('glucose') && (
            <label>
              <input
                type="checkbox"
                checked={isFasting}
                onChange={({ target }) => setFasting(target.checked)}
              />{' '}
              {words.fasting}
            </label>
          )}
        </p>
      )}
      {save.isPending && (
        <p className="notice" role="status">
          {words.saving}
        </p>
      )}
      {save.isError && (
        <p className="fault" role="alert">
          {save.error instanceof Refusal && save.error.status === 400 ? words.refused : save.error.message}
        </p>
      )}
      <div className="acts">
        <button
          type="submit"
          className="button main"
          disabled={save.isPending || (isUnit ? text === '' : chosen === null)}
        >
          {words.save}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

function kindOf({ reason, detail }: Schemas['UnmappedTerm']): 'code' | 'name' | 'unit' {
  if (reason === 'unknown-unit') return 'unit';
  return detail.includes('|') ? 'code' : 'name';
}
