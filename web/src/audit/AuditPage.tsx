import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useSearch } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { type Column, Listing } from '../parts/Listing';
import { Shell } from '../shell/Shell';
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
type Shortcut = keyof typeof ONLY;

/** Who saw and changed what, the latest first; filters stand in the address. */
export default function AuditPage({ session }: { session: Session }) {
  const words = useOwn(AUDIT);
  const { roles: roleNames } = useWords();
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
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <div className="filters" role="group" aria-label={words.only.label}>
            {(Object.keys(ONLY) as Shortcut[]).map((one) => (
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
        <Listing
          asked={pages}
          items={pages.data && items}
          none={words.none}
          columns={columnsOf(words, roleNames, session.timeZone, (more) =>
            show({ action, person, actor, ...more }),
          )}
        />
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

type Only = (more: { person?: string; actor?: string }) => void;

function columnsOf(
  words: (typeof AUDIT)['zh'],
  roleNames: Record<string, string>,
  zone: string,
  only: Only,
): Column<Event>[] {
  const heads = words.columns;
  return [
    {
      head: heads.at,
      keeps: true,
      cell: ({ at, seq }) => (
        <>
          {dayAndTime(Date.parse(at), zone)} {seq === null && <em className="tag">{words.unsealed}</em>}
        </>
      ),
    },
    { head: heads.who, isForeign: true, cell: (event) => <Who event={event} only={only} /> },
    {
      head: heads.role,
      cell: ({ role }) =>
        (role ?? '')
          .split(' ')
          .map((one) => roleNames[one] ?? words.scopes[one] ?? '')
          .filter((one) => one !== '')
          .join('、'),
    },
    { head: heads.what, cell: ({ action }) => actionWords(action, words) },
    { head: heads.about, keeps: true, cell: (event) => <About event={event} only={only} /> },
    {
      head: heads.why,
      isForeign: true,
      cell: ({ reasonWords }) =>
        reasonWords !== null && (
          <>
            <em className="tag">{words.breakGlass}</em> {reasonWords}
          </>
        ),
    },
    { head: heads.from, keeps: true, cell: ({ from }) => from },
  ];
}

function Who({ event, only }: { event: Event; only: Only }) {
  const words = useOwn(AUDIT);
  const [, command] = /^command:(.*)$/.exec(event.actor) ?? [];
  const who = event.actorName ?? (command === undefined ? words.nobody : words.command(command));
  if (event.actor === 'nobody' || command !== undefined) return who;
  return (
    <button
      type="button"
      className="button plain"
      title={words.onlyActor}
      onClick={() => only({ actor: event.actor })}
    >
      {who}
    </button>
  );
}

function About({ event: { personId, subject }, only }: { event: Event; only: Only }) {
  const words = useOwn(AUDIT);
  const [kind] = subject?.split('/') ?? [];
  if (personId === null) return kind !== undefined && (words.subjects[kind] ?? '');
  return (
    <button
      type="button"
      className="button plain"
      title={words.onlyPerson}
      onClick={() => only({ person: personId })}
    >
      {words.person}
    </button>
  );
}

function actionWords(action: string, words: (typeof AUDIT)['zh']): string {
  const known = words.actions[action];
  if (known !== undefined) return known;
  if (action.startsWith('task call ')) return words.actions['task call'] ?? action;
  const [, type] = /^(?:read|search|find) ([A-Z]\w+)$/.exec(action) ?? [];
  return type === undefined ? action : words.reads(type);
}
