import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Caller, Recognition } from '../access/index.js';
import { type Config, CONFIG } from '../config/index.js';
import { AppError } from '../kernel/index.js';
import { Metrics } from '../ops/index.js';
import { answerClientError } from './client-error.js';
import { LARGEST_BODY_BYTES, readBodies } from './json-body.js';
import { servePages } from './web-pages.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Known before the body is read, wherever somebody has to be known. */
    caller?: Caller;
  }
  interface FastifyContextConfig {
    /** The route takes a body of so many bytes of anybody. */
    openBodyBytes?: number;
  }
}

/** A gateway's slow upload of 64 MB takes a minute; what takes longer hangs. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Longer than the idle time of the usual proxies and senders, so that it is they who close: a request on its way would be lost. */
const KEEP_ALIVE_MS = 300_000;
const KEEP_NOTHING = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const HANG_UP_EVERY_MS = 50;
const LONGEST_PARAMETER = 256;

/** Give it to NestFactory together with `bodyParser: false`. */
export function fastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A proxy on this machine says from which address a request came.
    trustProxy: 'loopback',
    keepAliveTimeout: KEEP_ALIVE_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER, ignoreTrailingSlash: true },
    // Answering 503 while shutting down lets a sender try the next instance.
    return503OnClosing: true,
    clientErrorHandler: answerClientError,
  });
}

/** Bodies, the door's first look at the key, and the API description. */
export function configureHttp(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  readBodies(server);
  server.decorateRequest('caller', undefined);
  const recognition = app.get(Recognition);
  server.addHook('onRequest', (request, reply, done) => {
    lookAtTheDoor(recognition, request, reply, done);
  });
  const metrics = app.get(Metrics);
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  hangUpWhenClosing(server);
  describeApi(app);
  servePages(app, app.get<Config>(CONFIG).webDir);
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

/** A body is read only for a caller who is known; whether the route is theirs, the guard decides after it. */
function lookAtTheDoor(
  recognition: Recognition,
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
  const { openBodyBytes } = request.routeOptions.config;
  if (openBodyBytes !== undefined) return done(faultOfOpenBody(request, openBodyBytes));
  recognition.identify(request).then(
    () => done(),
    (error: unknown) => done(error as Error),
  );
}

/** What nobody vouches for says how long it is, is short, and is not packed. */
function faultOfOpenBody({ headers }: FastifyRequest, mostBytes: number): AppError | undefined {
  const isShort = Number(headers['content-length'] ?? Infinity) <= mostBytes;
  if (isShort && headers['content-encoding'] === undefined) return undefined;
  return new AppError('too-large', `Send at most ${mostBytes} bytes here, not packed, with Content-Length.`);
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
