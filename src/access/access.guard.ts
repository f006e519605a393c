import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { EVERYBODY } from '../database/index.js';
import { AppError } from '../kernel/index.js';
import { type Caller, rowsOfCaller } from './caller.js';
import { type KnownRequest, Recognition } from './recognition.js';
import { isAllowed, ROUTE_ACCESS, type RouteAccess } from './needs.js';
import { AuditTrail } from './audit/audit-trail.js';
import { RowLimits, tableOfRoute } from './rows/row-limits.js';

/** What the router knows of a request. */
interface RoutedRequest extends KnownRequest {
  routeOptions?: { url?: string };
  params?: Record<string, string>;
}

/**
 * Lets a request through to a route that declares who may use it; a route that declares nothing is closed. One that is
 * about a person is open to those who may see that person; to others there is nothing there.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #declared = new WeakMap<object, RouteAccess | undefined>();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Recognition) private readonly recognition: Recognition,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(RowLimits) private readonly limits: RowLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.#accessOf(context);
    if (needed === 'open') return true;
    const request = context.switchToHttp().getRequest<RoutedRequest>();
    const caller = request.caller ?? (await this.recognition.identify(request));
    if (needed && isAllowed(caller, needed)) {
      await this.#refuseOthers(caller, request);
      return true;
    }
    const detail = `needs ${needed ?? 'what nobody has'}`;
    await this.audit.record(caller, { action: 'refused', personIds: [], detail });
    throw refusal(caller);
  }

  /** @throws AppError `not-found`, the same for what is not there and for what is not theirs */
  async #refuseOthers(caller: Caller, { routeOptions, params }: RoutedRequest): Promise<void> {
    const rows = rowsOfCaller(caller);
    const table = rows === EVERYBODY ? null : tableOfRoute(routeOptions?.url ?? '');
    if (table === null || (await this.limits.sees(rows, table, params?.['id'] ?? ''))) return;
    const detail = 'not there, or not theirs';
    await this.audit.record(caller, { action: 'out of reach', personIds: [], detail });
    throw new AppError('not-found', 'There is nothing by this id, or it is not yours to see.');
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
