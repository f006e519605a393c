import { SetMetadata } from '@nestjs/common';
import { type Scope } from './access.entity.js';

/** Metadata of a route: the scopes that may use it, or 'open'. A route without it is refused to everyone. */
export const ROUTE_ACCESS = 'firstcall:access';
export type RouteAccess = readonly Scope[] | 'open';

/** The route may be used with a key of one of these scopes; `admin` may always. */
export const Needs = (...scopes: Scope[]): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_ACCESS, [...scopes, 'admin'] satisfies RouteAccess);

/** The route needs no key: it tells nothing of anybody. */
export const Open = (): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_ACCESS, 'open' satisfies RouteAccess);

/** Reading what is stored and produced. */
export const NeedsReading = (): MethodDecorator & ClassDecorator => Needs('read', 'read-contact');
