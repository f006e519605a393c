import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AccessService, type Caller, identify } from '../access/index.js';
import { Metrics } from '../ops/index.js';
import { LARGEST_BODY_BYTES, readBodies } from './json-body.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Known before the body is read, wherever a key is needed. */
    caller?: Caller;
  }
}

/** A gateway's slow upload of 64 MB takes a minute; what takes longer hangs. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Longer than the idle time of the usual proxies, so that it is they who close. */
const KEEP_ALIVE_MS = 75_000;
const KEEP_NOTHING = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const HANG_UP_EVERY_MS = 50;
const LONGEST_PARAMETER = 256;

/** Give it to NestFactory together with `bodyParser: false`. */
export function fastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    // Answering 503 while shutting down lets a sender try the next instance.
    return503OnClosing: true,
  });
}

/** Bodies, the door's first look at the key, and the API description. */
export function configureHttp(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  readBodies(server);
  server.decorateRequest('caller', undefined);
  const access = app.get(AccessService);
  server.addHook('onRequest', (request, reply, done) => {
    lookAtTheDoor(access, request, reply, done);
  });
  const metrics = app.get(Metrics);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  hangUpWhenClosing(server);
  describeApi(app);
}

/**
 * Connections that are kept alive would keep the process alive too: once it closes, each is hung up as soon as its
 * request is answered.
 */
function hangUpWhenClosing(server: FastifyInstance): void {
  server.addHook('preClose', (done) => {
    const hangUp = setInterval(() => server.server.closeIdleConnections(), HANG_UP_EVERY_MS);
    server.server.once('close', () => clearInterval(hangUp));
    hangUp.unref();
    done();
  });
}

/** A body is read only for a caller with a key; whether the route is theirs, the guard decides after it. */
function lookAtTheDoor(
  access: AccessService,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  const url = request.raw.url ?? '';
  if (url.startsWith('/fhir')) void reply.type('application/fhir+json; charset=utf-8');
  // Answers are about people: no cache keeps them, no browser guesses what they are.
  void reply.headers(KEEP_NOTHING);
  const { method } = request;
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return done();
  identify(access, request).then(
    () => done(),
    (error: unknown) => done(error as Error),
  );
}

function describeApi(app: NestFastifyApplication): void {
  const described = new DocumentBuilder()
    .setTitle('Firstcall 第一时间')
    .setDescription(
      'Work queue, findings and data quality. FHIR R4 is at /fhir, described by /fhir/metadata.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, described));
}
