import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { ask, type Schemas, type Session } from '../api/client';
import { isOutOfReach, may } from '../api/session';
import { Banner } from '../queue/Banner';
import { useNow } from '../queue/useNow';
import { Shell } from '../shell/Shell';
import { Failed, Loading } from '../states/States';
import { useLanguage, useOwn } from '../words';
import '../style/pages.css';
import { ContactsPart } from './ContactsPart';
import { FindingsPart } from './FindingsPart';
import { LevelPanel } from './LevelPanel';
import { PEOPLE } from './words';

const OutOfReach = lazy(() => import('./OutOfReach'));
const ChartsPart = lazy(() => import('./ChartsPart'));

const PARTS = ['findings', 'charts', 'contacts'] as const;
export type Part = (typeof PARTS)[number];

/** 受检者 360°: level and its course, findings with their reasons, charts, how they are reached. */
export default function PersonPage({ session, id, part }: { session: Session; id: string; part: string }) {
  const words = useOwn(PEOPLE);
  const { language } = useLanguage();
  const [isRevealed, setRevealed] = useState(false);
  const now = useNow();
  const asked = useQuery({
    queryKey: ['person', id, isRevealed],
    queryFn: ({ signal }) => {
      const reveal = isRevealed ? '?reveal=true' : '';
      return ask<Schemas['PersonPage']>('GET', `/api/people/${encodeURIComponent(id)}${reveal}`, { signal });
    },
  });
  const { data: page } = asked;
  const shown = PARTS.find((one) => one === part) ?? 'findings';
  const task = page?.tasks.find(({ closedAt }) => closedAt === null);
  const isElsewhere = isOutOfReach(session, asked.error);
  const given = page && { session, page, now, isRevealed };
  return (
    <Shell session={session}>
      <div className="page">
        {asked.isPending && <Loading rows={6} height={64} />}
        {asked.error &&
          !page &&
          (isElsewhere ? (
            <Suspense fallback={<Loading rows={3} height={60} />}>
              <OutOfReach whom={{ person: id }} opened={() => void asked.refetch()} />
            </Suspense>
          ) : (
            <Failed error={asked.error} retry={() => void asked.refetch()} />
          ))}
        {page && given && (
          <>
            <div className="panel">
              <div className="head">
                <Banner person={page.person} />
                <div className="right">
                  {task && may(session, 'read-queue') && (
                    <Link className="button" href={`/queue/${task.id}`}>
                      {words.toTask}
                    </Link>
                  )}
                  <a
                    className="button"
                    href={`/api/people/${encodeURIComponent(page.person.id)}/report?lang=${language}`}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {words.report}
                  </a>
                </div>
              </div>
            </div>
            <div className="columns">
              <div className="stack">
                <nav className="tabs" aria-label={words.title}>
                  {PARTS.map((one) => (
                    <Link
                      key={one}
                      href={`/people/${page.person.id}/${one}`}
                      aria-current={one === shown ? 'page' : undefined}
                    >
                      {words.parts[one]}
                    </Link>
                  ))}
                </nav>
                {shown === 'findings' && (
                  <FindingsPart
                    {...given}
                    reveal={() => setRevealed(true)}
                    changed={() => void asked.refetch()}
                  />
                )}
                {shown === 'charts' && (
                  <Suspense fallback={<Loading rows={3} height={80} />}>
                    <ChartsPart {...given} />
                  </Suspense>
                )}
                {shown === 'contacts' && <ContactsPart {...given} />}
              </div>
              <LevelPanel session={session} personId={page.person.id} now={now} />
            </div>
          </>
        )}
      </div>
    </Shell>
  );
}
