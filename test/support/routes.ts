import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from '../../src/access/index.js';

export interface Route {
  method: string;
  path: string;
  /** `GET /api/queue` */
  name: string;
  access: RouteAccess | undefined;
}

/** Every handler of every controller, with what it declares. */
export function routesOf(app: INestApplication): Route[] {
  const reflector = new Reflector();
  const scanner = new MetadataScanner();
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  return controllers.flatMap(({ instance, metatype }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((handlerName): Route[] => {
      const handler = prototype[handlerName]!;
      const kind = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (kind === undefined) return [];
      const words = [
        Reflect.getMetadata(PATH_METADATA, metatype as object) as string,
        Reflect.getMetadata(PATH_METADATA, handler) as string,
      ]
        .flat()
        .map((part) => part.replace(/^\/|\/$/g, ''))
        .filter((part) => part !== '');
      const [method, path] = [RequestMethod[kind], `/${words.join('/')}`];
      const targets = [handler, metatype as () => unknown];
      const access = reflector.getAllAndOverride<RouteAccess>(ROUTE_ACCESS, targets);
      return [{ method, path, name: `${method} ${path}`, access }];
    });
  });
}
