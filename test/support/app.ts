import 'reflect-metadata';
import { type Type } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AccessService, type Scope, SCOPES } from '../../src/access/index.js';
import { AppModule } from '../../src/app.module.js';
import { type Config, CONFIG, readConfig } from '../../src/config/index.js';
import { EscalationClock } from '../../src/escalation/index.js';
import { Clock } from '../../src/kernel/index.js';
import { configureHttp, fastifyAdapter } from '../../src/server/http-server.js';
import { builtDatabase } from './built-database.js';
import { type FreshDatabase } from './database.js';
import { FixedClock } from './fixed-clock.js';
import { firstPack } from './own-rules.js';

export interface HttpAnswer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** The answer's JSON; undefined when it is none. */
  body: T;
}

export interface HttpOptions {
  /** A scope of the keys made at start (`admin` when left out), a key, or null for none. */
  key?: Scope | (string & {}) | null;
  headers?: Record<string, string>;
}

/** What tests may choose; the rest is as in production, but that `important-results` is the only pack. */
export interface AppOptions {
  env?: Record<string, string>;
  now?: string;
  /** A database that outlives the app: the caller drops it. */
  database?: FreshDatabase;
  /** Of the built pages; those of `npm run build` when left out. */
  webDir?: string;
  /** Besides those of the service. */
  modules?: Type[];
}

export const TEST_NOW = '2026-03-02T02:00:00.000Z';

/** The real service on a fresh database, listening on a free port, with a clock that stands still. */
export class TestApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly clock: FixedClock,
    readonly keys: Record<Scope, string>,
    readonly base: string,
    readonly database: FreshDatabase,
    private readonly ownsDatabase: boolean,
  ) {}

  static async start({
    env = {},
    now = TEST_NOW,
    database,
    webDir,
    modules = [],
  }: AppOptions = {}): Promise<TestApp> {
    const fresh = database ?? (await builtDatabase());
    const config: Config = {
      ...readConfig({ ...process.env, PORT: '0', RULES_DIR: firstPack(), ...env }),
      database: fresh.database,
      ...(webDir !== undefined && { webDir }),
    };
    const clock = new FixedClock(now);
    try {
      const tested = await Test.createTestingModule({ imports: [AppModule, ...modules] })
        .overrideProvider(CONFIG)
        .useValue(config)
        .overrideProvider(Clock)
        .useValue(clock)
        .compile();
      const nest = tested.createNestApplication<NestFastifyApplication>(fastifyAdapter(), {
        bodyParser: false,
        logger: ['error', 'fatal'],
      });
      configureHttp(nest);
      await nest.listen(0, '127.0.0.1');
      // What it does as it starts is over: no test's clock is moved under it.
      await nest.get(EscalationClock).settled();
      const keys = await makeKeys(nest.get(AccessService));
      const base = (await nest.getUrl()).replace(/\/$/, '');
      return new TestApp(nest, clock, keys, base, fresh, !database);
    } catch (error) {
      if (!database) await fresh.drop();
      throw error;
    }
  }

  /** Sends a request; a body that is text or bytes goes as it is, anything else as JSON. */
  async http<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    { key = 'admin', headers = {} }: HttpOptions = {},
  ): Promise<HttpAnswer<T>> {
    const secret = key === null ? null : key in this.keys ? this.keys[key as Scope] : key;
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const answer = await fetch(path.startsWith('http') ? path : this.base + path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        ...(secret !== null && { authorization: `Bearer ${secret}` }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    // A stream has no end: that it begins is the answer.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    const text = isStream ? '' : await answer.text();
    if (isStream) await answer.body?.cancel();
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) as T };
  }

  get<T = unknown>(path: string, options: HttpOptions = {}): Promise<HttpAnswer<T>> {
    return this.http<T>('GET', path, undefined, options);
  }

  post<T = unknown>(path: string, body: unknown, options: HttpOptions = {}): Promise<HttpAnswer<T>> {
    return this.http<T>('POST', path, body, { key: 'feed', ...options });
  }

  /** Every resource of a search, page by page. */
  async search<T extends fhir4.FhirResource = fhir4.FhirResource>(
    type: string,
    parameters: Record<string, string> = {},
    options: HttpOptions = { key: 'read' },
  ): Promise<T[]> {
    const found: T[] = [];
    let url: string | undefined = `/fhir/${type}?${new URLSearchParams(parameters).toString()}`;
    while (url !== undefined) {
      const { status, body, text }: HttpAnswer<fhir4.Bundle> = await this.get<fhir4.Bundle>(url, options);
      if (status !== 200) throw new Error(`GET ${url}: ${status} ${text.slice(0, 200)}`);
      found.push(...(body.entry ?? []).map(({ resource }) => resource as T));
      url = body.link?.find(({ relation }) => relation === 'next')?.url;
    }
    return found;
  }

  async close(): Promise<void> {
    await this.nest.close();
    if (this.ownsDatabase) await this.database.drop();
  }
}

export function startApp(options: AppOptions = {}): Promise<TestApp> {
  return TestApp.start(options);
}

async function makeKeys(access: AccessService): Promise<Record<Scope, string>> {
  const made = SCOPES.map(async (scope) => [scope, (await access.createKey({ name: scope, scope })).secret]);
  return Object.fromEntries(await Promise.all(made)) as Record<Scope, string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
