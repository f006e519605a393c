/** The mark: what is urgent, and a hand of the clock. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--primary)" />
      <path d="M16 6l9 10-9 10-9-10z" fill="var(--on-primary)" />
      <path d="M16 11.5v6.5M16 21v.4" stroke="var(--primary)" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
