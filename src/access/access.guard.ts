import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../kernel/index.js';
import { AccessService, type Caller } from './access.service.js';
import { ROUTE_ACCESS, type RouteAccess } from './needs.js';

/** What the door knows of a request before its body is read. */
export interface KnownRequest {
  headers: Record<string, string | string[] | undefined>;
  caller?: Caller;
}

/** Lets a request through to a route that declares who may use it; a route that declares nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #declared = new WeakMap<object, RouteAccess | undefined>();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needed = this.#accessOf(context);
    if (needed === 'open') return true;
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const caller = request.caller ?? (await identify(this.access, request));
    if (!needed?.includes(caller.scope)) {
      throw new AppError('forbidden', `A key of scope ${caller.scope} may not do this.`);
    }
    return true;
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

/**
 * Finds out who is asking and notes it on the request.
 * @throws AppError `unauthenticated` without a key, or with one that is unknown or revoked
 */
export async function identify(access: AccessService, request: KnownRequest): Promise<Caller> {
  const { authorization } = request.headers;
  const secret =
    typeof authorization === 'string' ? /^Bearer +(\S+) *$/i.exec(authorization)?.[1] : undefined;
  const caller = secret ? await access.authenticate(secret) : null;
  if (!caller) throw new AppError('unauthenticated', 'Send a key in force: Authorization: Bearer KEY.');
  request.caller = caller;
  return caller;
}
