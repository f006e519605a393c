import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { may } from '../api/session';
import { unitsInWords } from '../parts/units';
import { useNow } from '../queue/useNow';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { useOwn } from '../words';
import { shortTime } from '../words/times';
import '../style/pages.css';
import { MapForm } from './MapForm';
import { QUALITY } from './words';

type Mapped = Schemas['MappedShown'];

/** What could not be judged, by reason; what is to be mapped, and what that makes of the results that wait. */
export default function QualityPage({ session, reason }: { session: Session; reason: string | null }) {
  const words = useOwn(QUALITY);
  const now = useNow();
  const [done, setDone] = useState<Mapped | null>(null);
  const reasons = Object.keys(words.reasons) as (keyof typeof words.reasons)[];
  const shown = reasons.find((one) => one === reason) ?? null;
  const terms = useQuery({
    queryKey: ['terms'],
    queryFn: ({ signal }) => ask<Schemas['TermsPage']>('GET', '/api/terms', { signal }),
  });
  const items = useQuery({
    queryKey: ['data-quality', shown],
    queryFn: ({ signal }) => {
      const of = shown === null ? '' : `&reason=${shown}`;
      return ask<Schemas['DataQualityPage']>('GET', `/api/data-quality?limit=100${of}`, { signal });
    },
  });
  const counts = (items.data?.counts ?? {}) as Partial<Record<keyof typeof words.reasons, number>>;
  const time = (at: string) => shortTime(Date.parse(at), now, session.timeZone);
  const mapped = (made: Mapped) => {
    setDone(made);
    void terms.refetch();
    void items.refetch();
  };
  const error = items.error ?? terms.error;
  return (
    <Shell session={session}>
      <div className="page">
        <h1>{words.title}</h1>
        {(items.isPending || terms.isPending) && !error && <Loading rows={6} height={44} />}
        {error && <Failed error={error} retry={() => void Promise.all([items.refetch(), terms.refetch()])} />}
        {items.data && (
          <nav className="figures" aria-label={words.reason}>
            {reasons
              .filter((one) => counts[one] !== undefined || one === shown)
              .map((one) => (
                <Link
                  key={one}
                  className="figure"
                  href={one === shown ? '/quality' : `/quality/${one}`}
                  aria-current={one === shown ? 'page' : undefined}
                >
                  <span>{words.reasons[one]}</span>
                  <b>{counts[one] ?? 0}</b>
                </Link>
              ))}
          </nav>
        )}
        {done && (
          <p className="done-note" role="status">
            {words.done(done.results, done.understood, done.findings, done.reviews, done.tasks)}{' '}
            {done.hasReplaced && words.replaced}
          </p>
        )}
        {terms.data && shown !== null && shown !== 'unknown-code' && shown !== 'unknown-unit'
          ? null
          : terms.data && (
              <Terms
                terms={terms.data.unmapped.filter((one) => shown === null || one.reason === shown)}
                mayMap={may(session, 'map-terms')}
                mapped={mapped}
              />
            )}
        {items.data && <Items items={items.data.items} time={time} mayOpen={may(session, 'read-person')} />}
        {terms.data && shown === null && <Mappings mappings={terms.data.mappings} time={time} />}
      </div>
    </Shell>
  );
}

function Terms({
  terms,
  mayMap,
  mapped,
}: {
  terms: Schemas['UnmappedTerm'][];
  mayMap: boolean;
  mapped: (made: Mapped) => void;
}) {
  const words = useOwn(QUALITY);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="panel table-box" aria-label={words.terms}>
      <h2>{words.terms}</h2>
      {terms.length === 0 ? (
        <p className="hint">{words.noTerms}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">
                {words.count}
              </th>
              <th scope="col">{words.kind}</th>
              <th scope="col">{words.sent}</th>
              <th scope="col">
                <span className="hidden">{words.map}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {terms.map((term) => {
              const key = `${term.reason} ${term.detail}`;
              return (
                <tr key={key}>
                  <td className="number">{term.count}</td>
                  <td className="keep">{words.kinds[term.reason]}</td>
                  <td>
                    <code>{term.detail}</code>
                    {open === key && (
                      <MapForm
                        term={term}
                        close={() => setOpen(null)}
                        mapped={(made) => {
                          setOpen(null);
                          mapped(made);
                        }}
                      />
                    )}
                  </td>
                  <td className="number">
                    {mayMap && open !== key && (
                      <button
                        type="button"
                        className="button"
                        aria-label={`${words.map} ${term.detail}`}
                        onClick={() => setOpen(key)}
                      >
                        {words.map}
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Items({
  items,
  time,
  mayOpen,
}: {
  items: Schemas['DataQualityItem'][];
  time: (at: string) => string;
  mayOpen: boolean;
}) {
  const words = useOwn(QUALITY);
  return (
    <section className="panel table-box" aria-label={words.items}>
      <h2>{words.items}</h2>
      {items.length === 0 ? (
        <p className="hint">{words.nothing}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.since}</th>
              <th scope="col">{words.reason}</th>
              <th scope="col">{words.detail}</th>
              <th scope="col">{words.person}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                <td className="keep">{time(item.since)}</td>
                <td className="keep">{words.reasons[item.reason]}</td>
                <td>
                  <code>{unitsInWords(item.detail)}</code>
                </td>
                <td className="keep">
                  {item.personId === null ? (
                    <span className="hint">{words.waits}</span>
                  ) : (
                    mayOpen && <Link href={`/people/${item.personId}`}>{words.open}</Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Mappings({ mappings, time }: { mappings: Schemas['MappingShown'][]; time: (at: string) => string }) {
  const words = useOwn(QUALITY);
  return (
    <section className="panel table-box" aria-label={words.mapped}>
      <h2>{words.mapped}</h2>
      {mappings.length === 0 ? (
        <p className="hint">{words.noneMapped}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.kind}</th>
              <th scope="col">{words.sent}</th>
              <th scope="col">{words.target}</th>
              <th scope="col">{words.since}</th>
            </tr>
          </thead>
          <tbody>
            {mappings.map((one) => (
              <tr key={`${one.kind} ${one.source}`}>
                <td className="keep">{words.kinds[one.kind]}</td>
                <td>
                  <code>{one.source}</code>
                </td>
                <td>
                  <code>{one.target}</code>
                </td>
                <td className="keep">{time(one.since)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
