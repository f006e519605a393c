import { Inject, Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Actor, allowedTo, AuditTrail, sessionCookie, type UserCaller } from '../access/index.js';
import { changeTokenOf, type Entered, type SignedIn, type SignInOutcome } from '../accounts/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { AppError, Clock } from '../kernel/index.js';
import { type SessionShown } from './session.dto.js';

/** Of somebody who is signed in, what their page is told. */
type Shown = Omit<UserCaller, 'rows' | 'opened'>;

/** What a browser is answered that signs in, by whatever identity provider; and what the trail keeps of it. */
@Injectable()
export class SessionAnswers {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** For the transaction that lets somebody in. */
  entered({ ip }: FastifyRequest, action: string): Entered {
    return (manager, { accountId: id, roles, sessionId }) => {
      const actor = { kind: 'user', id, roles, from: ip } as const;
      return this.audit.witness(actor, { action, subject: `session/${sessionId}`, detail: '' })(manager);
    };
  }

  /** @throws AppError `too-many-requests`, `unauthenticated`: the same whether there is such an account or not */
  async answer(outcome: SignInOutcome, request: FastifyRequest, reply: FastifyReply): Promise<SessionShown> {
    if (outcome.kind === 'signed-in') return this.letIn(outcome, request, reply);
    const nobody = nobodyAt(request);
    if (outcome.kind === 'blocked') {
      const detail = 'too many attempts';
      await this.audit.record(nobody, { action: 'sign-in blocked', personIds: [], detail });
      void reply.header('retry-after', outcome.retryAfterSeconds);
      throw new AppError(
        'too-many-requests',
        `Too many attempts; try again in ${outcome.retryAfterSeconds} s.`,
      );
    }
    const { accountId } = outcome;
    const whose = accountId
      ? { personIds: [], subject: `account/${accountId}`, detail: '' }
      : { personIds: [], detail: 'no such account' };
    if (outcome.kind === 'code-needed') {
      await this.audit.record(nobody, { action: 'sign-in without code', ...whose });
      throw new AppError('unauthenticated', 'A one-time code is needed.', 'code');
    }
    await this.audit.record(nobody, { action: 'sign-in refused', ...whose });
    throw new AppError('unauthenticated', 'Name, password or code is wrong.');
  }

  /** Gives the browser its cookie, which no script can read. */
  letIn(
    { secret, who }: { secret: string; who: SignedIn },
    request: FastifyRequest,
    reply: FastifyReply,
  ): SessionShown {
    const { accountId: id, ...rest } = who;
    const caller = { kind: 'user' as const, id, ...rest, changeToken: changeTokenOf(secret) };
    void reply.header('set-cookie', sessionCookie(secret, isSecure(request)));
    return this.shown(caller);
  }

  shown(caller: Shown): SessionShown {
    const { id, login, name, roles, seesSensitive, centre, isPending, hasSecondFactor } = caller;
    const { changeToken, expiresAt } = caller;
    return {
      ...{ id, login, name, roles, seesSensitive, centre, isPending, hasSecondFactor },
      may: allowedTo(caller),
      token: changeToken,
      until: expiresAt.toISOString(),
      now: this.clock.now().toISOString(),
      timeZone: this.config.timeZone,
    };
  }
}

/** Somebody at this address, of whom more is not known. */
export function nobodyAt({ ip }: FastifyRequest): Actor {
  return { kind: 'nobody', id: '', from: ip };
}

/** Over TLS, which a proxy in front of us may end. */
export function isSecure({ protocol, headers }: FastifyRequest): boolean {
  const forwarded = headers['x-forwarded-proto'];
  return (typeof forwarded === 'string' ? forwarded.split(',')[0]!.trim() : protocol) === 'https';
}
