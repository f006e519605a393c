import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { may, useSignOut } from '../api/session';
import type { Session } from '../api/client';
import { type Words, useWords } from '../words';
import { LanguageButton } from './LanguageButton';
import { Logo } from './Logo';

interface Page {
  address: string;
  name: (words: Words) => string;
  needs: Session['may'][number];
}

/** The pages in the bar, each for those who may open it. A new page is added here and in `App.tsx`. */
export const PAGES: readonly Page[] = [
  { address: '/queue', name: (words) => words.nav.queue, needs: 'read-queue' },
];

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
            {PAGES.filter(({ needs }) => may(session, needs)).map((page) => (
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
            <strong>{session.name}</strong> {session.roles.map((role) => words.roles[role]).join(' · ')}
          </span>
          <LanguageButton />
          <button type="button" className="button plain" onClick={() => void signOut()}>
            {words.signOut}
          </button>
        </div>
      </header>
      <main id="content" className="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
