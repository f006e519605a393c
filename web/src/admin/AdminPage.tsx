import { Link } from 'wouter';
import type { Session } from '../api/client';
import { may } from '../api/session';
import { Shell } from '../shell/Shell';
import { NoPermission } from '../states/States';
import { useOwn } from '../words';
import '../style/pages.css';
import { StepsLeft } from '../welcome/StepsLeft';
import { Devices } from './Devices';
import { Health } from './Health';
import { Keys } from './Keys';
import { Messages } from './Messages';
import { Users } from './Users';
import { ADMIN } from './words';

const PARTS = [
  { part: 'users', needs: 'manage-accounts' },
  { part: 'keys', needs: 'manage-keys' },
  { part: 'devices', needs: 'manage-keys' },
  { part: 'messages', needs: 'read-messages' },
  { part: 'health', needs: 'own-session' },
] as const;

/** Accounts, keys, devices, messages that were lost, and whether the service is well. */
export default function AdminPage({ session, part }: { session: Session; part: string | null }) {
  const words = useOwn(ADMIN);
  const open = PARTS.filter(({ needs }) => may(session, needs));
  const shown = PARTS.find((one) => one.part === part)?.part ?? open[0]?.part;
  return (
    <Shell session={session}>
      <div className="page">
        <div className="head">
          <h1>{words.title}</h1>
          <nav className="tabs" aria-label={words.title}>
            {open.map((one) => (
              <Link
                key={one.part}
                href={`/admin/${one.part}`}
                aria-current={one.part === shown ? 'page' : undefined}
              >
                {words.parts[one.part]}
              </Link>
            ))}
          </nav>
        </div>
        <StepsLeft session={session} />
        {!open.some((one) => one.part === shown) ? (
          <NoPermission />
        ) : (
          <>
            {shown === 'users' && <Users session={session} />}
            {shown === 'keys' && <Keys session={session} />}
            {shown === 'devices' && <Devices session={session} />}
            {shown === 'messages' && <Messages session={session} />}
            {shown === 'health' && <Health session={session} />}
          </>
        )}
      </div>
    </Shell>
  );
}
