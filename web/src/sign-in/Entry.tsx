import type { ReactNode } from 'react';
import { LanguageButton } from '../shell/LanguageButton';
import { Logo } from '../shell/Logo';
import { useWords } from '../words';

/** The frame of the pages before one is signed in. */
export function Entry({
  isWide = false,
  children,
  footer,
}: {
  isWide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const { name, tagline } = useWords();
  return (
    <div className="entry">
      <header>
        <LanguageButton />
      </header>
      <main className={isWide ? 'card wide' : 'card'}>
        <div className="logo">
          <Logo />
          <div>
            <strong>{name}</strong>
            <span className="hint">{tagline}</span>
          </div>
        </div>
        {children}
      </main>
      <footer>{footer}</footer>
    </div>
  );
}
