import { useQuery } from '@tanstack/react-query';
import { ask, type Schemas } from '../api/client';
import { Failed, Loading } from '../states/States';
import { useOwn } from '../words';
import { RULES } from './words';

/** What this centre has otherwise than the shipped packs, side by side. */
export function Differences() {
  const words = useOwn(RULES);
  const asked = useQuery({
    queryKey: ['overlay'],
    queryFn: ({ signal }) => ask<Schemas['OverlayPage']>('GET', '/api/rules/overlay', { signal }),
  });
  if (asked.isPending) return <Loading rows={2} height={36} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { differences } = asked.data;
  return (
    <section className="panel" aria-label={words.differences}>
      <h2>{words.differences}</h2>
      {differences.length === 0 && <p className="hint">{words.noDifferences}</p>}
      {differences.map((one) => (
        <div key={`${one.about} ${one.place}`} data-foreign>
          <p>
            <strong>{one.about}</strong>{' '}
            <em className="tag warn">{words.overlay[one.what] ?? one.what}</em>{' '}
            <span className="hint">
              {one.reason} {one.owner}
            </span>
          </p>
          {one.fields.length > 0 && (
            <table className="table">
              <thead>
                <tr>
                  <th scope="col" />
                  <th scope="col">{words.shipped}</th>
                  <th scope="col">{words.centre}</th>
                </tr>
              </thead>
              <tbody>
                {one.fields.map((field) => (
                  <tr key={field.field}>
                    <td>{field.field}</td>
                    <td>{field.shipped ?? '—'}</td>
                    <td>{field.centre ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      ))}
    </section>
  );
}
