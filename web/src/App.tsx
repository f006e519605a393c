import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import type { Session } from './api/client';
import { may, useSession } from './api/session';
import { FarAlarm } from './queue/FarAlarm';
import { Listening } from './queue/Listening';
import { QueuePage } from './queue/QueuePage';
import { isSeen } from './parts/settings';
import { PAGES } from './shell/pages';
import { Shell } from './shell/Shell';
import { SignIn } from './sign-in/SignIn';
import { Failed, Loading, NoPage, NoPermission } from './states/States';

const SetUp = lazy(() => import('./sign-in/SetUp'));
const FindPeople = lazy(() => import('./people/FindPeople'));
const PersonPage = lazy(() => import('./people/PersonPage'));
const RulesPage = lazy(() => import('./rules/RulesPage'));
const DraftsPage = lazy(() => import('./rules/drafts/DraftsPage'));
const DraftPage = lazy(() => import('./rules/drafts/DraftPage'));
const RulePage = lazy(() => import('./rules/RulePage'));
const QualityPage = lazy(() => import('./quality/QualityPage'));
const ManagerPage = lazy(() => import('./manager/ManagerPage'));
const WelcomePage = lazy(() => import('./welcome/WelcomePage'));
const AdminPage = lazy(() => import('./admin/AdminPage'));
const MePage = lazy(() => import('./me/MePage'));
const AuditPage = lazy(() => import('./audit/AuditPage'));
const SecondFactor = lazy(() => import('./sign-in/SecondFactor'));

/** Which page stands at which address. */
export function App() {
  const { data: session, error, refetch } = useSession();
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (session === undefined) return <Loading rows={8} height={56} />;
  return (
    <Suspense fallback={<Loading rows={4} height={56} />}>
      <Switch>
        <Route path="/set-up/:token">{({ token }) => <SetUp token={token} />}</Route>
        <Route path="/sign-in">{session ? <Entered /> : <SignIn />}</Route>
        <Route>{session ? <Inside session={session} /> : <ToSignIn />}</Route>
      </Switch>
    </Suspense>
  );
}

function Inside({ session }: { session: Session }) {
  if (session.isPending) return <SecondFactor />;
  const pages = <Pages session={session} />;
  if (!may(session, 'read-queue')) return pages;
  return (
    <Listening>
      {pages}
      <FarAlarm />
    </Listening>
  );
}

function Pages({ session }: { session: Session }) {
  return (
    <Switch>
      <Route path="/">
        <Home session={session} />
      </Route>
      <Route path="/queue/:task?">
        {({ task }) => (
          <For session={session} capability="read-queue">
            <QueuePage session={session} taskId={task ?? null} />
          </For>
        )}
      </Route>
      <Route path="/people">
        <For session={session} capability="read-person">
          <FindPeople session={session} />
        </For>
      </Route>
      <Route path="/people/:id/:part?">
        {({ id, part = 'findings' }) => (
          <For session={session} capability="read-person">
            <PersonPage key={id} session={session} id={id} part={part} />
          </For>
        )}
      </Route>
      <Route path="/rules">
        <For session={session} capability="read-rules">
          <RulesPage session={session} />
        </For>
      </Route>
      <Route path="/rules/drafts">
        <For session={session} capability="read-drafts">
          <DraftsPage session={session} />
        </For>
      </Route>
      <Route path="/rules/drafts/:id/:part?">
        {({ id, part = 'edit' }) => (
          <For session={session} capability="read-drafts">
            <DraftPage key={id} session={session} id={id} part={part} />
          </For>
        )}
      </Route>
      <Route path="/rules/:pack/:rule">
        {({ pack, rule }) => (
          <For session={session} capability="read-rules">
            <RulePage session={session} id={`${pack}/${rule}`} />
          </For>
        )}
      </Route>
      <Route path="/quality/:reason?">
        {({ reason }) => (
          <For session={session} capability="read-data-quality">
            <QualityPage session={session} reason={reason ?? null} />
          </For>
        )}
      </Route>
      <Route path="/manager/:part?">
        {({ part }) => (
          <For session={session} capability="read-groups">
            <ManagerPage session={session} part={part ?? ''} />
          </For>
        )}
      </Route>
      <Route path="/welcome">
        <For session={session} capability="manage-accounts">
          <WelcomePage session={session} />
        </For>
      </Route>
      <Route path="/admin/audit">
        <Redirect to="/audit" replace />
      </Route>
      <Route path="/admin/:part?">
        {({ part }) => (
          <For session={session} capability="manage-accounts">
            <AdminPage session={session} part={part ?? null} />
          </For>
        )}
      </Route>
      <Route path="/me">
        <MePage session={session} />
      </Route>
      <Route path="/audit">
        <For session={session} capability="read-audit">
          <AuditPage session={session} />
        </For>
      </Route>
      <Route>
        <Shell session={session}>
          <NoPage />
        </Shell>
      </Route>
    </Switch>
  );
}

/** The first page that somebody may open; for an administrator the guide, until it is put away. */
function Home({ session }: { session: Session }) {
  const first = PAGES.find(({ needs }) => needs.some((one) => may(session, one)));
  const isGuided = first?.address === '/admin' && !isSeen('guide');
  if (first) return <Redirect to={isGuided ? '/welcome' : first.address} replace />;
  return (
    <Shell session={session}>
      <NoPermission />
    </Shell>
  );
}

function For({
  session,
  capability,
  children,
}: {
  session: Session;
  capability: Session['may'][number];
  children: ReactNode;
}) {
  if (may(session, capability)) return children;
  return (
    <Shell session={session}>
      <NoPermission />
    </Shell>
  );
}

/** Signs in first, and comes back to where it was. */
function ToSignIn() {
  const [address] = useLocation();
  const search = useSearch();
  const from = address + (search ? `?${search}` : '');
  return <Redirect to={from === '/' ? '/sign-in' : `/sign-in?from=${encodeURIComponent(from)}`} replace />;
}

function Entered() {
  const from = new URLSearchParams(useSearch()).get('from');
  // An address of our own, never another site's.
  const isOurs = from !== null && /^\/(?![/\\])/.test(from);
  return <Redirect to={isOurs ? from : '/'} replace />;
}
