import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { isLimited, may } from '../api/session';
import { Pips } from '../parts/Pips';
import { useKeys } from '../queue/keys';
import { Search } from '../queue/Search';
import { useLock } from '../queue/useLock';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
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
  useLock(asked.error);
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
        {typed !== '' && asked.isPending && <Loading rows={4} height={40} />}
        {asked.error && !found && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {found?.items.length === 0 && <p className="state">{words.none}</p>}
        {found?.items.length === 0 && isLimited(session) && may(session, 'break-glass') && (
          <Suspense fallback={<Loading rows={3} height={60} />}>
            <OutOfReach whom="named" opened={({ personId }) => go(`/people/${personId}`)} />
          </Suspense>
        )}
        {found && found.items.length > 0 && (
          <div className="panel table-box">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{words.columns.name}</th>
                  <th scope="col">{words.columns.born}</th>
                  <th scope="col">{words.columns.level}</th>
                  <th scope="col">{words.columns.tasks}</th>
                </tr>
              </thead>
              <tbody>
                {found.items.map((person) => (
                  <tr key={person.id}>
                    <td>
                      <Link href={`/people/${person.id}`}>{nameOf(person, all)}</Link>{' '}
                      {sexAndAge(person, all)}
                    </td>
                    <td className="keep">{person.birthDate ?? all.person.unknown}</td>
                    <td>
                      <Pips level={person.level} />
                    </td>
                    <td>{person.openTasks > 0 && words.open(person.openTasks)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {found.hasMore && <p className="hint">{words.more}</p>}
          </div>
        )}
      </div>
    </Shell>
  );
}
