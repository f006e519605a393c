import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../kernel/index.js';
import { type Caller } from './caller.js';
import { type KnownRequest, Recognition } from './recognition.js';
import { isAllowed, ROUTE_ACCESS, type RouteAccess } from './needs.js';
import { AuditTrail } from './audit/audit-trail.js';

/** Lets a request through to a route that declares who may use it; a route that declares nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #declared = new WeakMap<object, RouteAccess | undefined>();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Recognition) private readonly recognition: Recognition,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.#accessOf(context);
    if (needed === 'open') return true;
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const caller = request.caller ?? (await this.recognition.identify(request));
    if (needed && isAllowed(caller, needed)) return true;
    const detail = `needs ${needed ?? 'what nobody has'}`;
    await this.audit.record(caller, { action: 'refused', personIds: [], detail });
    throw refusal(caller);
  }

  #accessOf(context: ExecutionContext): RouteAccess | undefined {
    const handler = context.getHandler();
    if (!this.#declared.has(handler)) {
      const targets = [handler, context.getClass()];
      this.#declared.set(handler, this.reflector.getAllAndOverride<RouteAccess>(ROUTE_ACCESS, targets));
    }
    return this.#declared.get(handler);
  }
}

function refusal(caller: Caller): AppError {
  if (caller.kind === 'key')
    return new AppError('forbidden', `A key of scope ${caller.scope} may not do this.`);
  return caller.isPending
    ? new AppError('forbidden', 'Set up one-time codes first.', 'second-factor')
    : new AppError('forbidden', 'Your role may not do this.');
}
