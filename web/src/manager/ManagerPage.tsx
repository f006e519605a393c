import { useRef } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { serviceNow, type Session } from '../api/client';
import { may } from '../api/session';
import { DayField } from '../parts/DayField';
import { Head } from '../parts/Head';
import { LookAlikes } from '../parts/LookAlikes';
import { ClassBadge } from '../queue/ClassBadge';
import { useKeys } from '../queue/keys';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { inLanguage, useLanguage, useOwn } from '../words';
import { dayAndTime } from '../words/times';
import '../style/pages.css';
import { FIGURES, type Figure, isFigure, type Line, linesOf, total } from './figures';
import { Groups } from './Groups';
import { HowCallsWent } from './HowCallsWent';
import { useFigures } from './useFigures';
import { useRegister } from './useRegister';
import { MANAGER } from './words';

const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST_LISTED = 500;

/** What was found, told and settled in a time, each number with the people behind it; levels by group. */
export default function ManagerPage({ session, part }: { session: Session; part: string }) {
  const words = useOwn(MANAGER);
  const given = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const dayOf = (at: number) => dayAndTime(at, session.timeZone).slice(0, 10);
  const to = day(given.get('to')) ?? dayOf(serviceNow());
  const from = day(given.get('from')) ?? dayOf(serviceNow() - DAYS * DAY_MS);
  const period = `from=${from}&to=${to}`;
  const base = isFigure(part) ? `/manager/${part}` : '/manager';
  const choose = (changed: { from?: string; to?: string }) =>
    go(`${base}?from=${changed.from ?? from}&to=${changed.to ?? to}`);
  const mayRegister = may(session, 'read-register');
  const isGroups = part === 'groups' || !mayRegister;
  const csv = useRef<HTMLAnchorElement>(null);
  useKeys({ x: () => csv.current?.click() });
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <nav className="tabs" aria-label={words.title}>
            {mayRegister && (
              <Link href={`/manager?${period}`} aria-current={isGroups ? undefined : 'page'}>
                {words.parts.calls}
              </Link>
            )}
            {may(session, 'read-groups') && (
              <Link href="/manager/groups" aria-current={isGroups ? 'page' : undefined}>
                {words.parts.groups}
              </Link>
            )}
          </nav>
          {!isGroups && (
            <div className="right">
              <DayField label={words.from} day={from} most={to} choose={(day) => choose({ from: day })} />
              <DayField label={words.to} day={to} least={from} choose={(day) => choose({ to: day })} />
              <a className="button" href={`/api/figures/csv?${period}`} download>
                {words.figuresCsv}
              </a>
              <a ref={csv} className="button" href={`/api/register/csv?${period}`} download>
                {words.csv} <kbd>X</kbd>
              </a>
              <a className="button" href={`/api/register/print?${period}`} target="_blank" rel="noreferrer">
                {words.print}
              </a>
            </div>
          )}
        </div>
        {isGroups ? (
          <Groups />
        ) : (
          <Calls
            session={session}
            from={from}
            to={to}
            period={period}
            figure={isFigure(part) ? part : null}
          />
        )}
      </div>
    </Shell>
  );
}

function day(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
}

interface CallsGiven {
  session: Session;
  from: string;
  to: string;
  period: string;
  figure: Figure | null;
}

function Calls({ session, from, to, period, figure }: CallsGiven) {
  const words = useOwn(MANAGER);
  const asked = useFigures(from, to);
  if (asked.isPending) return <Loading rows={4} height={80} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { classes } = asked.data;
  return (
    <>
      <nav className="figures" aria-label={words.parts.calls}>
        {FIGURES.map((one) => (
          <Link
            key={one}
            className="figure"
            href={`/manager/${one}?${period}`}
            aria-current={one === figure ? 'page' : undefined}
          >
            <span>{words.figures[one]}</span>
            <Number {...total(one, classes)} isShare={one === 'toldA'} />
          </Link>
        ))}
      </nav>
      {figure === null ? (
        <HowCallsWent figures={asked.data} />
      ) : (
        <Behind session={session} from={from} to={to} figure={figure} />
      )}
    </>
  );
}

/** Whoever doubts a number looks at its people. */
function Behind({ session, from, to, figure }: Omit<CallsGiven, 'period' | 'figure'> & { figure: Figure }) {
  const words = useOwn(MANAGER);
  const asked = useRegister(from, to);
  if (asked.isPending) return <Loading rows={4} height={80} />;
  if (asked.error) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { lines, isCut } = asked.data;
  const now = serviceNow();
  return (
    <>
      {isCut && <p className="notice">{words.tooMany}</p>}
      <People lines={linesOf(figure, lines, now)} figure={figure} session={session} now={now} />
    </>
  );
}

function Number({ of, all, isShare }: { of: number; all: number | null; isShare: boolean }) {
  const words = useOwn(MANAGER);
  return (
    <>
      <b>{isShare ? words.percent(of, all ?? 0) : of}</b>
      <span className="hint">{all !== null && words.of(of, all)}</span>
    </>
  );
}

interface PeopleGiven {
  lines: readonly Line[];
  figure: Figure;
  session: Session;
  now: number;
}

function People({ lines, figure, session, now }: PeopleGiven) {
  const words = useOwn(MANAGER);
  const { language, words: all } = useLanguage();
  const time = (at: string) => dayAndTime(Date.parse(at), session.timeZone);
  if (lines.length === 0) return <p className="state">{words.noPeople}</p>;
  return (
    <section className="panel table-box" aria-label={words.list}>
      <h2>
        {words.figures[figure]} · {lines.length}
      </h2>
      <table className="table">
        <Head
          words={[
            words.class,
            ...(['found', 'person', 'item', 'told', 'state'] as const).map((one) => words.columns[one]),
          ]}
        />
        <tbody>
          {lines.slice(0, MOST_LISTED).map((line) => (
            <tr key={`${line.taskId} ${line.findingId}`}>
              <td>
                <ClassBadge of={line.class} />
              </td>
              <td className="keep">{time(line.foundAt)}</td>
              <td className="keep">{line.person.name ?? all.person.noName}</td>
              <td>
                <LookAlikes>{inLanguage(line.said, language)}</LookAlikes>
              </td>
              <td className="keep">
                {line.notifiedAt === null ? words.notTold : time(line.notifiedAt)}{' '}
                {isLate(line, now) && <em className="tag new">{words.late}</em>}
              </td>
              <td>{line.state && words.states[line.state as keyof typeof words.states]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isLate({ notifiedAt, due }: Line, now: number): boolean {
  return (notifiedAt === null ? now : Date.parse(notifiedAt)) > Date.parse(due);
}
