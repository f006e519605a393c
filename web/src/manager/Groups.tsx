import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas } from '../api/client';
import { Head } from '../parts/Head';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { MANAGER } from './words';

const BY = ['sex', 'age-band', 'employer', 'year'] as const;
type By = (typeof BY)[number];
const LEVELS = ['1', '2', '3', '4', '5', 'unknown'] as const;
const MOST_FINDINGS = 20;
const HIDDEN = '*';

/** Levels and findings of groups; numbers that could tell somebody are not shown. */
export function Groups() {
  const words = useOwn(MANAGER);
  const { language } = useLanguage();
  const [by, setBy] = useState<By>('sex');
  const [chosen, setAcross] = useState<By | null>(null);
  const across = chosen === by ? null : chosen;
  const query = `by=${by}${across === null ? '' : `&across=${across}`}`;
  const asked = useQuery({
    queryKey: ['population', query],
    queryFn: ({ signal }) => ask<Schemas['PopulationShown']>('GET', `/api/population?${query}`, { signal }),
  });
  const { data } = asked;
  const nameOf = (group: string) =>
    group in words.groups ? words.groups[group as keyof typeof words.groups] : group;
  const levelOf = (code: string) => (code === 'unknown' ? words.levels.unknown : words.level(code));
  return (
    <>
      <div className="head">
        <div className="filters" role="group" aria-label={words.group}>
          {BY.map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={one === by}
              onClick={() => setBy(one)}
            >
              {words.by[one]}
            </button>
          ))}
        </div>
        <div className="filters" role="group" aria-label={words.across}>
          <span className="hint">{words.across}</span>
          {BY.filter((one) => one !== by).map((one) => (
            <button
              key={one}
              type="button"
              className="chip"
              aria-pressed={one === across}
              onClick={() => setAcross(one === across ? null : one)}
            >
              {words.by[one]}
            </button>
          ))}
        </div>
        <div className="right">
          <a className="button" href={`/api/population/csv?${query}`} download>
            {words.csv}
          </a>
        </div>
      </div>
      {asked.isPending && <Loading rows={4} height={40} />}
      {asked.error && <Failed error={asked.error} retry={() => void asked.refetch()} />}
      {data?.people === null && <p className="state">{words.tooFew}</p>}
      {data && data.people !== null && (
        <>
          <section className="panel table-box" aria-label={words.parts.groups}>
            <h2>
              {words.parts.groups} · {data.year}
            </h2>
            <table className="table">
              <Head
                words={[words.by[by], ...(across ? [words.by[across]] : [])]}
                numbers={[words.people, ...LEVELS.map(levelOf)]}
              />
              <tbody>
                {data.groups.map(({ group, across: column, people, levels }) => (
                  <tr key={`${group} ${column}`}>
                    <td data-foreign>{nameOf(group)}</td>
                    {column !== null && <td data-foreign>{nameOf(column)}</td>}
                    <td className="number">{people ?? HIDDEN}</td>
                    {LEVELS.map((code) => (
                      <td key={code} className="number">
                        {levels[code] === null ? HIDDEN : (levels[code] ?? 0)}
                      </td>
                    ))}
                  </tr>
                ))}
                {by !== 'year' && across !== 'year' && (
                  <tr>
                    <td colSpan={across ? 2 : 1}>{words.total}</td>
                    <td className="number">{data.people}</td>
                    {LEVELS.map((code) => (
                      <td key={code} className="number">
                        {data.totals[code] === null ? HIDDEN : (data.totals[code] ?? 0)}
                      </td>
                    ))}
                  </tr>
                )}
              </tbody>
            </table>
            <p className="hint">{words.hidden(data.smallestShown)}</p>
          </section>
          {data.findings.length > 0 && (
            <section className="panel table-box" aria-label={words.findings}>
              <h2>{words.findings}</h2>
              <table className="table">
                <Head words={[words.finding]} numbers={[words.people]} />
                <tbody>
                  {data.findings.slice(0, MOST_FINDINGS).map(({ rule, title, people }) => (
                    <tr key={rule}>
                      <td>{title ? inLanguage(title, language) : rule}</td>
                      <td className="number">{people}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
        </>
      )}
    </>
  );
}
