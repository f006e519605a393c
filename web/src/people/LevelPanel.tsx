import { useQuery } from '@tanstack/react-query';
import { ask, Refusal, type Schemas, type Session } from '../api/client';
import { Pips } from '../parts/Pips';
import { unitsInWords } from '../parts/units';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { shortTime } from '../words/times';
import { PEOPLE } from './words';

interface Given {
  session: Session;
  personId: string;
  now: number;
}

const FEW_REASONS = 6;

/** The level to act on, why it is that, what is open, and how it moved. */
export function LevelPanel({ session, personId, now }: Given) {
  const { level: words } = useOwn(PEOPLE);
  const { language } = useLanguage();
  const path = `/api/people/${encodeURIComponent(personId)}/level`;
  const asked = useQuery({
    queryKey: ['level', personId],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Schemas['PersonLevel']>('GET', path, { signal });
      } catch (error) {
        if (error instanceof Refusal && error.status === 404) return null;
        throw error;
      }
    },
  });
  const { data: seen } = asked;
  const time = (at: string) => shortTime(Date.parse(at), now, session.timeZone);
  return (
    <aside className="stack">
      <section className="panel" aria-label={words.title}>
        <header>
          <h2>{words.title}</h2>
          {seen && <Pips level={seen.level.text} />}
        </header>
        {asked.isPending && <Loading rows={2} height={24} />}
        {asked.error && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {seen === null && <p className="hint">{words.none}</p>}
        {seen?.level.by === 'doctor' && seen.override && (
          <p className="notice">
            {words.byDoctor(seen.override.doctor, time(seen.override.until))} ·{' '}
            {words.computed(seen.computed.text)}
          </p>
        )}
        {seen && seen.computed.reasons.length > 0 && <Reasons reasons={seen.computed.reasons} />}
        {seen && seen.computed.notes.length > 0 && (
          <details>
            <summary>
              {words.notes} ({seen.computed.notes.length})
            </summary>
            <ul className="stack">
              {seen.computed.notes.map((note) => (
                <li key={note.zh} className="hint">
                  {unitsInWords(inLanguage(note, language))}
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      {seen && <History personId={personId} time={time} />}
    </aside>
  );
}

function Reasons({ reasons }: { reasons: Schemas['CauseShown'][] }) {
  const { level: words } = useOwn(PEOPLE);
  const { language } = useLanguage();
  const line = (cause: Schemas['CauseShown'], i: number) => (
    <li key={`${cause.rule} ${i}`}>
      <em className="tag">{cause.level}</em> {unitsInWords(inLanguage(cause.sentence, language))}
      {cause.repeats && <span className="hint"> {inLanguage(cause.repeats, language)}</span>}
      {cause.review === 'pending' && <span className="hint"> {words.pending}</span>}
    </li>
  );
  const rest = reasons.slice(FEW_REASONS);
  return (
    <div>
      <strong>{words.reasons}</strong>
      <ul>{reasons.slice(0, FEW_REASONS).map(line)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>
            {words.all} ({reasons.length})
          </summary>
          <ul>{rest.map((cause, i) => line(cause, i + FEW_REASONS))}</ul>
        </details>
      )}
    </div>
  );
}

function History({ personId, time }: { personId: string; time: (at: string) => string }) {
  const { level: words } = useOwn(PEOPLE);
  const { language } = useLanguage();
  const asked = useQuery({
    queryKey: ['level-history', personId],
    queryFn: ({ signal }) => {
      const path = `/api/people/${encodeURIComponent(personId)}/level/history?limit=20`;
      return ask<Schemas['LevelHistory']>('GET', path, { signal });
    },
  });
  const moves = asked.data?.items;
  const said = (text: string) => (text === 'unknown' ? words.unknown : text);
  return (
    <section className="panel" aria-label={words.history}>
      <h2>{words.history}</h2>
      {asked.isPending && <Loading rows={2} height={24} />}
      {moves?.length === 0 && <p className="hint">{words.noHistory}</p>}
      <ol>
        {moves?.map((move) => (
          <li key={move.version}>
            <span className="hint">{time(move.at)}</span>{' '}
            <strong>{words.moved(said(move.from.text), said(move.to.text))}</strong>{' '}
            {move.isUnderOtherRules && <em className="tag">{words.rules}</em>}{' '}
            {move.gained[0] && unitsInWords(inLanguage(move.gained[0].sentence, language))}
          </li>
        ))}
      </ol>
    </section>
  );
}
