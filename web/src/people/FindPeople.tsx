import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { isLimited, may } from '../api/session';
import { Listing } from '../parts/Listing';
import { Pips } from '../parts/Pips';
import { useKeys } from '../queue/keys';
import { Search } from '../queue/Search';
import { Shell } from '../shell/Shell';
import { Loading } from '../states/States';
import { useOwn, useWords } from '../words';
import { nameOf, sexAndAge } from '../words/people';
import '../style/pages.css';
import { PEOPLE } from './words';

const OutOfReach = lazy(() => import('./OutOfReach'));

/** Finds people by name, first letters or the end of a number. */
export default function FindPeople({ session }: { session: Session }) {
  const words = useOwn(PEOPLE);
  const all = useWords();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const asked = useQuery({
    queryKey: ['people', typed],
    queryFn: ({ signal }) =>
      ask<Schemas['PeopleFoundPage']>('POST', '/api/people/search', { body: { q: typed }, signal }),
    enabled: typed !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  useKeys({ '/': () => field.current?.focus() });
  const found = typed === '' ? null : asked.data;
  const toFirst = () => {
    const [first] = found?.items ?? [];
    if (first) go(`/people/${first.id}`);
  };
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.find}</h1>
          <Search field={field} find={setTyped} done={toFirst} isFirst />
        </div>
        <p className="hint">{words.hint}</p>
        {typed !== '' && (
          <Listing
            asked={asked}
            items={found?.items}
            none={words.none}
            columns={[
              {
                head: words.columns.name,
                cell: (person) => (
                  <>
                    <Link href={`/people/${person.id}`}>{nameOf(person, all)}</Link> {sexAndAge(person, all)}
                  </>
                ),
              },
              {
                head: words.columns.born,
                keeps: true,
                cell: ({ birthDate }) => birthDate ?? all.person.unknown,
              },
              { head: words.columns.level, cell: ({ level }) => <Pips level={level} /> },
              {
                head: words.columns.tasks,
                cell: ({ openTasks }) => openTasks > 0 && words.open(openTasks),
              },
            ]}
          />
        )}
        {found?.hasMore && <p className="hint">{words.more}</p>}
        {found?.items.length === 0 && isLimited(session) && may(session, 'break-glass') && (
          <Suspense fallback={<Loading rows={3} height={60} />}>
            <OutOfReach whom="named" opened={({ personId }) => go(`/people/${personId}`)} />
          </Suspense>
        )}
      </div>
    </Shell>
  );
}
