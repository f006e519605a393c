import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ask, type Schemas } from '../../api/client';
import { inLanguage, useLanguage, useOwn } from '../../words';
import { type Draft, draftAt } from './useDraft';
import { DRAFTS } from './words';

interface Given {
  draft: Draft;
  /** One file as it is being typed. */
  typing?: { path: string; text: string };
  /** The check found no faults: only then is there something to measure. */
  isSound: boolean;
}

/** What could be mistyped in the rules of the draft without any example noticing. Comes later than the check, which it never delays. */
export function Strength({ draft, typing, isSound }: Given) {
  const words = useOwn(DRAFTS);
  const { language } = useLanguage();
  const asked = useQuery({
    queryKey: ['draft-strength', draft.id, draft.revision, typing?.path, typing?.text],
    queryFn: ({ signal }) =>
      ask<Schemas['DraftStrengthShown']>('POST', draftAt(draft.id, '/strength'), { body: { typing }, signal }),
    placeholderData: (before) => before,
    staleTime: Infinity,
    enabled: isSound && (draft.state === 'editing' || draft.state === 'in-review'),
  });
  const { data } = asked;
  if (!isSound) return null;
  if (asked.error && !data)
    return (
      <p className="notice">
        {words.notTried}{' '}
        <button type="button" className="button" onClick={() => void asked.refetch()}>
          {words.tryAgain}
        </button>
      </p>
    );
  if (!data || data.hasFaults || data.tried + data.unmeasured.length === 0)
    return asked.isFetching ? <p className="hint">{words.trying}</p> : null;
  return (
    <section className="panel stack" aria-label={words.strength} aria-busy={asked.isFetching}>
      <h2>{words.strength}</h2>
      <p className="hint">{words.strengthWhat}</p>
      <p role="status">
        {asked.isFetching ? (
          words.trying
        ) : data.unnoticed === 0 ? (
          <em className="tag done">{words.allNoticed(data.tried)}</em>
        ) : (
          <em className="tag warn">{words.unnoticed(data.unnoticed, data.tried)}</em>
        )}
      </p>
      {data.first.length > 0 && (
        <ul className="slips">
          {data.first.map(({ file, line, subject, title, what, example }, i) => (
            <li key={i}>
              <Link
                href={`/rules/drafts/${draft.id}/edit?path=${encodeURIComponent(file)}&line=${line}`}
                title={subject}
                data-foreign
              >
                {inLanguage(title, language)} · {words.at(line)}
              </Link>
              <span data-foreign>{words.slip(inLanguage(what, language))}</span>
              {example && (
                <span>
                  {words.addExample} <code>{example}</code>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {data.unnoticed > data.first.length && <p className="hint">{words.moreSlips(data.unnoticed - data.first.length)}</p>}
      {data.unmeasured.length > 0 && (
        <p className="hint">
          {words.notToTheEnd} <code>{data.unmeasured.join(' ')}</code>
        </p>
      )}
    </section>
  );
}
