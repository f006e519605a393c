import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { may, useSignOut } from '../api/session';
import type { Session } from '../api/client';
import { KeyHelp } from '../queue/KeyHelp';
import { useKeys } from '../queue/keys';
import { useWords } from '../words';
import { HelpContext } from './help';
import { LanguageButton } from './LanguageButton';
import { Logo } from './Logo';
import { PAGES } from './pages';
import { usePageKeys } from './usePageKeys';

/** What stands around every page: where one is, who one is. */
export function Shell({
  session,
  status,
  children,
}: {
  session: Session;
  status?: ReactNode;
  children: ReactNode;
}) {
  const words = useWords();
  const [address] = useLocation();
  const signOut = useSignOut();
  usePageKeys(session);
  const [isHelping, setHelping] = useState(false);
  useKeys({ '?': () => setHelping(true) });
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="bar">
        <Link className="brand" href="/">
          <Logo />
          {words.name}
        </Link>
        <nav aria-label={words.nav.label}>
          <ul>
            {PAGES.filter(({ needs }) => needs.some((one) => may(session, one))).map((page) => (
              <li key={page.address}>
                <Link
                  href={page.address}
                  aria-current={address.startsWith(page.address) ? 'page' : undefined}
                >
                  {page.name(words)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="right">
          {status}
          <span>
            <Link className="own" href="/me" title={words.nav.me}>
              <strong>{session.name}</strong>
            </Link>{' '}
            {session.roles.map((role) => words.roles[role]).join(' · ')}
          </span>
          <LanguageButton />
          <button type="button" className="button plain" onClick={() => void signOut()}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main id="content" className="main" tabIndex={-1}>
        <HelpContext value={() => setHelping(true)}>{children}</HelpContext>
      </main>
      {isHelping && <KeyHelp close={() => setHelping(false)} />}
    </div>
  );
}
