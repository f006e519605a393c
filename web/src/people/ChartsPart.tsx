import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, type Schemas } from '../api/client';
import { LookAlikes } from '../parts/LookAlikes';
import { unitsInWords } from '../parts/units';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { dayAndTime } from '../words/times';
import { Chart, type ChartEvent } from './Chart';
import type { PartGiven } from './given';
import { PEOPLE } from './words';

/** The course of any analyte that was measured, drawn and as a table. */
export default function ChartsPart({ session, page, isRevealed }: PartGiven) {
  const { language } = useLanguage();
  const { chart: words, outcomes } = useOwn(PEOPLE);
  const [wanted, setWanted] = useState(page.measured[0]?.analyte ?? null);
  if (wanted === null) return <p className="state">{words.nothing}</p>;
  const events: ChartEvent[] = [
    ...page.findings
      .filter(({ status }) => status !== 'retracted')
      .map(({ at, title }) => ({ at, what: inLanguage(title, language) })),
    ...page.calls.map(({ at, outcome }) => ({
      at,
      what: words.called(outcome in outcomes ? outcomes[outcome as keyof typeof outcomes] : outcome),
    })),
  ];
  return (
    <div className="stack">
      <section className="panel" aria-label={words.choose}>
        <div className="analytes" role="group" aria-label={words.choose} tabIndex={0}>
          {page.measured.map(({ analyte, name, count }) => (
            <button
              key={analyte}
              type="button"
              aria-pressed={analyte === wanted}
              onClick={() => setWanted(analyte)}
            >
              <LookAlikes>{inLanguage(name, language)}</LookAlikes> <span>{words.times(count)}</span>
            </button>
          ))}
        </div>
      </section>
      <One
        key={wanted}
        personId={page.person.id}
        analyte={wanted}
        isRevealed={isRevealed}
        events={events}
        zone={session.timeZone}
      />
    </div>
  );
}

interface OneGiven {
  personId: string;
  analyte: string;
  isRevealed: boolean;
  events: readonly ChartEvent[];
  zone: string;
}

function One({ personId, analyte, isRevealed, events, zone }: OneGiven) {
  const { language } = useLanguage();
  const { chart: words } = useOwn(PEOPLE);
  const asked = useQuery({
    queryKey: ['series', personId, analyte, isRevealed],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ analyte, ...(isRevealed && { reveal: 'true' }) });
      const path = `/api/people/${encodeURIComponent(personId)}/series?${query.toString()}`;
      return ask<Schemas['Series']>('GET', path, { signal });
    },
  });
  if (asked.isPending) return <Loading rows={3} height={80} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { name, unit, band, points } = asked.data;
  const title = inLanguage(name, language);
  const { low = null, high = null } = band ?? {};
  const inWords =
    low !== null && high !== null
      ? words.band(low, high)
      : high !== null
        ? words.upTo(high)
        : low !== null
          ? words.from(low)
          : words.noBand;
  const time = (at: string) => dayAndTime(Date.parse(at), zone);
  return (
    <section className="panel" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span className="hint">
          {unit} · {inWords}
        </span>
      </header>
      {points.length === 0 ? (
        <p className="hint">{words.nothing}</p>
      ) : (
        <Chart series={asked.data} name={title} events={events} dayOf={(at) => time(at).slice(0, 10)} />
      )}
      <details>
        <summary>{words.table}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.at}</th>
              <th scope="col">{words.value}</th>
              <th scope="col">
                {words.compared} ({unit})
              </th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map((point, i) => (
              <tr key={`${point.observationId} ${i}`}>
                <td className="keep">{time(point.at)}</td>
                <td>
                  {unitsInWords(point.asSent)}{' '}
                  {point.isPreliminary && <em className="tag">{words.preliminary}</em>}
                </td>
                <td>{point.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
