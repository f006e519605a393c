import { type AddressKind } from '../../kernel/index.js';

/** Somebody who works here, as far as it decides whom a message goes to. */
export interface Colleague {
  id: string;
  login: string;
  roles: readonly string[];
  practitioner: string | null;
  addresses: readonly { channel: AddressKind }[];
}

/** Whom a message for a role goes to, and why them. */
export interface Recipients<C extends Colleague> {
  to: C[];
  /** `role`: nobody whom the rota names can be reached, so everybody of the role is asked. */
  by: 'rota' | 'role' | 'nobody';
}

/**
 * Whom to ask of a role: those on duty by the rota who can be reached; where there are none, everybody of the role who
 * can. A hole in the rota leaves nobody unheard.
 * @param onDuty sign-in names, as the rota has them
 */
export function recipientsOf<C extends Colleague>(
  role: string,
  onDuty: readonly string[],
  staff: readonly C[],
): Recipients<C> {
  const reachable = staff.filter(({ addresses }) => addresses.length > 0);
  const named = new Set(onDuty.map((login) => login.normalize('NFKC').toLowerCase()));
  const byRota = reachable.filter(({ login }) => named.has(login));
  if (byRota.length > 0) return { to: byRota, by: 'rota' };
  const byRole = reachable.filter(({ roles }) => roles.includes(role));
  return byRole.length > 0 ? { to: byRole, by: 'role' } : { to: [], by: 'nobody' };
}

/** Whom a message for one doctor goes to, known by what the hospital's records call them. */
export function doctorOf<C extends Colleague>(
  practitioner: string | null,
  staff: readonly C[],
): Recipients<C> {
  const to = staff.filter((one) => one.practitioner === practitioner && one.addresses.length > 0);
  return practitioner !== null && to.length > 0 ? { to, by: 'rota' } : { to: [], by: 'nobody' };
}
