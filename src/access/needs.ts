import { SetMetadata } from '@nestjs/common';
import { type Role, ROLES } from '../accounts/index.js';
import { type Scope, SCOPES } from './access.entity.js';
import { type KeyCaller, type UserCaller } from './caller.js';

interface Allowed {
  /** Keys of machines; `admin` may whatever another key may. */
  scopes: readonly Scope[];
  /** People who are signed in. */
  roles: readonly Role[];
}

const NURSES: readonly Role[] = ['nurse', 'head-nurse'];
/** Attending doctors see their own inpatients, and of these what a duty doctor sees. */
const DOCTORS: readonly Role[] = ['duty-doctor', 'attending-doctor'];
const CALLERS: readonly Role[] = [...NURSES, ...DOCTORS];
const RULE_KEEPERS: readonly Role[] = ['rule-author', 'rule-reviewer'];

/**
 * Who may do what: the one table of it. A route names the line that it belongs to by `@Needs`; FHIR is for machines
 * alone, the workbench for people and for keys of scope `admin`.
 */
export const CAPABILITIES = {
  'send-results': { scopes: ['feed', 'admin'], roles: [] },
  'read-fhir': { scopes: ['read', 'read-contact', 'admin'], roles: [] },
  'use-fhir': { scopes: SCOPES, roles: [] },
  'read-metrics': { scopes: ['read', 'read-contact', 'admin'], roles: [] },
  'own-session': { scopes: [], roles: ROLES },
  'manage-accounts': { scopes: ['admin'], roles: ['administrator'] },
  'manage-keys': { scopes: ['admin'], roles: ['administrator'] },
  'read-queue': { scopes: ['admin'], roles: CALLERS },
  'work-tasks': { scopes: ['admin'], roles: CALLERS },
  /** Without what a call must ask: for scripts, never for people. */
  'close-unasked': { scopes: ['admin'], roles: [] },
  'report-by-hand': { scopes: ['admin'], roles: CALLERS },
  /** Of others; one's own anybody withdraws who may report. */
  'withdraw-reports': { scopes: ['admin'], roles: ['head-nurse'] },
  'set-silences': { scopes: ['admin'], roles: ['duty-doctor'] },
  'reassign-tasks': { scopes: ['admin'], roles: ['head-nurse', 'duty-doctor'] },
  'decide-reviews': { scopes: ['admin'], roles: DOCTORS },
  'read-register': { scopes: ['admin'], roles: [...CALLERS, 'manager'] },
  'reveal-contacts': { scopes: ['admin'], roles: CALLERS },
  'read-person': { scopes: ['read', 'read-contact', 'admin'], roles: [...CALLERS, 'health-manager'] },
  /** Open one person who is not theirs, with a reason, for an hour. */
  'break-glass': { scopes: [], roles: [...CALLERS, 'health-manager'] },
  'set-levels': { scopes: ['admin'], roles: DOCTORS },
  'read-level-moves': { scopes: ['admin'], roles: ['head-nurse', 'duty-doctor', 'health-manager'] },
  'read-groups': { scopes: ['admin'], roles: ['manager', 'health-manager'] },
  'read-data-quality': { scopes: ['admin'], roles: ['head-nurse', 'duty-doctor', ...RULE_KEEPERS] },
  'map-terms': { scopes: ['admin'], roles: ['duty-doctor', ...RULE_KEEPERS] },
  'read-conflicts': { scopes: ['admin'], roles: ['head-nurse'] },
  'read-rules': { scopes: ['admin'], roles: [...CALLERS, 'health-manager', ...RULE_KEEPERS] },
  'read-drafts': { scopes: ['admin'], roles: RULE_KEEPERS },
  'edit-rules': { scopes: ['admin'], roles: ['rule-author'] },
  /** A person with one-time codes, never a key. */
  'approve-rules': { scopes: [], roles: ['rule-reviewer'] },
  'reload-rules': { scopes: ['admin'], roles: ['rule-reviewer'] },
  'read-messages': { scopes: ['admin'], roles: ['head-nurse', 'duty-doctor', 'administrator'] },
  'resend-messages': { scopes: ['admin'], roles: ['head-nurse', 'duty-doctor', 'administrator'] },
  'set-opt-outs': { scopes: ['admin'], roles: CALLERS },
  'read-audit': { scopes: ['admin'], roles: ['auditor'] },
  'watch-rejudging': { scopes: ['admin'], roles: [...RULE_KEEPERS, 'administrator'] },
} as const satisfies Record<string, Allowed>;

export type Capability = keyof typeof CAPABILITIES;

/** Metadata of a route: what whoever uses it must be allowed, or 'open'. A route without it is refused to everyone. */
export const ROUTE_ACCESS = 'firstcall:access';
export type RouteAccess = Capability | 'open';

/** The route is for those who are allowed this. */
export const Needs = (capability: Capability): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_ACCESS, capability satisfies RouteAccess);

/** The route needs neither key nor session: it tells nothing of anybody. */
export const Open = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_ACCESS, 'open' satisfies RouteAccess);

/** Of a caller, what decides. */
type Asking = Pick<KeyCaller, 'kind' | 'scope'> | Pick<UserCaller, 'kind' | 'roles' | 'isPending'>;

/** Whether somebody may do something. Who has still to set up one-time codes may do nothing else. */
export function isAllowed(caller: Asking, capability: Capability): boolean {
  const { scopes, roles }: Allowed = CAPABILITIES[capability];
  if (caller.kind === 'key') return scopes.includes(caller.scope);
  if (caller.isPending) return capability === 'own-session';
  return caller.roles.some((role) => roles.includes(role));
}

/** Everything that somebody may do: what pages show depends on it. */
export function allowedTo(caller: Asking): Capability[] {
  return (Object.keys(CAPABILITIES) as Capability[]).filter((capability) => isAllowed(caller, capability));
}
