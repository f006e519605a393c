import type { Schemas } from '../api/client';
import { Head } from '../parts/Head';
import { ClassBadge } from '../queue/ClassBadge';
import { useOwn, useWords } from '../words';
import type { Figures } from './useFigures';
import { MANAGER } from './words';

const COUNTS = ['found', 'told', 'missed', 'awaiting', 'settled'] as const;
const TIMES = ['toClaim', 'toTell', 'toClose'] as const;
const MOST_RULES = 20;

/** By class how many and how fast, by hour who was reached, by rule what it came to. */
export function HowCallsWent({ figures }: { figures: Figures }) {
  const words = useOwn(MANAGER);
  const { classes, hours, rules } = figures;
  if (classes.every(({ found }) => found === 0)) return <p className="state">{words.noPeople}</p>;
  return (
    <div className="stack">
      <section className="panel table-box" aria-label={words.byClass}>
        <h2>{words.byClass}</h2>
        <table className="table">
          <Head
            words={[words.class]}
            numbers={[
              ...COUNTS.map((one) => words.figures[one]),
              words.inTime,
              ...TIMES.map((one) => words.times[one]),
            ]}
          />
          <tbody>
            {classes.map((one) => (
              <tr key={one.class}>
                <td>
                  <ClassBadge of={one.class} />
                </td>
                {COUNTS.map((count) => (
                  <td key={count} className="number">
                    {one[count]}
                  </td>
                ))}
                <td className="number">{words.percent(one.inTime, one.decided)}</td>
                {TIMES.map((time) => (
                  <Took key={time} of={one[time]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="hint">{words.timesHint}</p>
      </section>
      <ByHour hours={hours.filter(({ calls }) => calls > 0)} />
      <ByRule rules={rules} />
    </div>
  );
}

function ByHour({ hours }: { hours: Figures['hours'] }) {
  const words = useOwn(MANAGER);
  if (hours.length === 0) return null;
  return (
    <section className="panel table-box" aria-label={words.byHour}>
      <h2>{words.byHour}</h2>
      <table className="table">
        <Head words={[words.hour]} numbers={[words.calls, words.reached]} />
        <tbody>
          {hours.map(({ hour, calls, reached }) => (
            <tr key={hour}>
              <td>{`${String(hour).padStart(2, '0')}:00`}</td>
              <td className="number">{calls}</td>
              <td className="number">
                {reached} · {words.percent(reached, calls)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The middle one, and the one that nine tenths do not pass. */
function Took({ of: { count, median, p90 } }: { of: Schemas['SpreadShown'] }) {
  const { queue } = useWords();
  const inWords = (seconds: number | null): string => {
    const minutes = Math.round((seconds ?? 0) / 60);
    if (minutes < 60) return queue.minutes(minutes);
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? queue.hours(hours, minutes % 60) : queue.days(Math.round(hours / 24));
  };
  return <td className="number">{count === 0 ? '—' : `${inWords(median)} / ${inWords(p90)}`}</td>;
}

/** What became of the findings of each rule, where anything is known. */
function ByRule({ rules }: { rules: Figures['rules'] }) {
  const words = useOwn(MANAGER);
  if (rules.length === 0) return null;
  return (
    <section className="panel table-box" aria-label={words.byRule}>
      <h2>{words.byRule}</h2>
      <table className="table">
        <Head
          words={[words.rule]}
          numbers={[words.figures.told, words.confirmed, words.refuted, words.confirmedShare]}
        />
        <tbody>
          {rules.slice(0, MOST_RULES).map(({ rule, told, confirmed, refuted }) => (
            <tr key={rule}>
              <td>{rule === null ? words.confidential : <code>{rule}</code>}</td>
              <td className="number">{told}</td>
              <td className="number">{confirmed}</td>
              <td className="number">{refuted}</td>
              <td className="number">{words.percent(confirmed, confirmed + refuted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
