import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { useLock } from '../queue/useLock';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { useOwn, useWords } from '../words';
import { dayAndTime } from '../words/times';
import '../style/pages.css';
import { AUDIT } from './words';

type Event = Schemas['AuditShown'];

/** What an auditor asks for most often, by the action's name. */
const ONLY = {
  all: null,
  glass: 'break-glass',
  reveal: 'contacts revealed',
  refused: 'refused',
  signIn: 'sign-in',
} as const;
type Only = keyof typeof ONLY;

/** Who saw and changed what, the latest first; filters stand in the address. */
export default function AuditPage({ session }: { session: Session }) {
  const words = useOwn(AUDIT);
  const [, go] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const [action, person, actor] = [asked.get('action'), asked.get('person'), asked.get('actor')];
  const show = (wanted: Record<string, string | null>) => {
    const given = Object.entries(wanted).filter((one): one is [string, string] => one[1] !== null);
    go(`/audit${given.length > 0 ? `?${new URLSearchParams(given).toString()}` : ''}`);
  };
  const pages = useInfiniteQuery({
    queryKey: ['audit', action, person, actor],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '100' });
      for (const [name, value] of Object.entries({ action, person, actor, after: pageParam }))
        if (value !== null) query.set(name, value);
      return ask<Schemas['AuditPage']>('GET', `/api/audit?${query.toString()}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
  });
  useLock(pages.error);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <div className="filters" role="group" aria-label={words.only.label}>
            {(Object.keys(ONLY) as Only[]).map((one) => (
              <button
                key={one}
                type="button"
                className="chip"
                aria-pressed={action === ONLY[one]}
                onClick={() => show({ action: ONLY[one], person, actor })}
              >
                {words.only[one]}
              </button>
            ))}
            {(person !== null || actor !== null) && (
              <button type="button" className="chip" onClick={() => show({ action })}>
                {words.everybody}
              </button>
            )}
          </div>
        </div>
        <p className="hint">
          {words.hint} {words.verify} <code>firstcall audit verify</code>
        </p>
        {pages.isPending && <Loading rows={8} height={40} />}
        {pages.error && items.length === 0 && (
          <Failed error={pages.error} retry={() => void pages.refetch()} />
        )}
        {pages.isSuccess && items.length === 0 && <p className="state">{words.none}</p>}
        {items.length > 0 && (
          <section className="panel table-box">
            <table className="table">
              <thead>
                <tr>
                  {(['at', 'who', 'role', 'what', 'about', 'why', 'from'] as const).map((one) => (
                    <th key={one} scope="col">
                      {words.columns[one]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((event) => (
                  <Line
                    key={event.id}
                    event={event}
                    zone={session.timeZone}
                    only={(more) => show({ action, person, actor, ...more })}
                  />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {pages.hasNextPage && (
          <p>
            <button
              type="button"
              className="button"
              disabled={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {words.more}
            </button>
          </p>
        )}
      </div>
    </Shell>
  );
}

function Line({
  event,
  zone,
  only,
}: {
  event: Event;
  zone: string;
  only: (more: { person?: string; actor?: string }) => void;
}) {
  const words = useOwn(AUDIT);
  const { roles: roleNames } = useWords();
  const [kind] = event.subject?.split('/') ?? [];
  const [, command] = /^command:(.*)$/.exec(event.actor) ?? [];
  const who = event.actorName ?? (command === undefined ? words.nobody : words.command(command));
  const role = (event.role ?? '')
    .split(' ')
    .map((one) => (roleNames as Record<string, string>)[one] ?? words.scopes[one] ?? '')
    .filter((one) => one !== '')
    .join('、');
  return (
    <tr>
      <td className="keep">
        {dayAndTime(Date.parse(event.at), zone)}{' '}
        {event.seq === null && <em className="tag">{words.unsealed}</em>}
      </td>
      <td data-foreign>
        {event.actor === 'nobody' || command !== undefined ? (
          who
        ) : (
          <button
            type="button"
            className="button plain"
            title={words.onlyActor}
            onClick={() => only({ actor: event.actor })}
          >
            {who}
          </button>
        )}
      </td>
      <td>{role}</td>
      <td>{actionWords(event.action, words)}</td>
      <td className="keep">
        {event.personId !== null ? (
          <button
            type="button"
            className="button plain"
            title={words.onlyPerson}
            onClick={() => only({ person: event.personId! })}
          >
            {words.person}
          </button>
        ) : (
          kind !== undefined && (words.subjects[kind] ?? '')
        )}
      </td>
      <td data-foreign>
        {event.reasonWords !== null && (
          <>
            <em className="tag">{words.breakGlass}</em> {event.reasonWords}
          </>
        )}
      </td>
      <td className="keep">{event.from}</td>
    </tr>
  );
}

function actionWords(action: string, words: (typeof AUDIT)['zh']): string {
  const known = words.actions[action];
  if (known !== undefined) return known;
  if (action.startsWith('task call ')) return words.actions['task call'] ?? action;
  const [, type] = /^(?:read|search|find) ([A-Z]\w+)$/.exec(action) ?? [];
  return type === undefined ? action : words.reads(type);
}
