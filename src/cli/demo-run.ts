import { createServer } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessService } from '../access/index.js';
import { AccountsService } from '../accounts/index.js';
import { AppModule } from '../app.module.js';
import { type Config, CONFIG } from '../config/index.js';
import { Clock } from '../kernel/index.js';
import { configureHttp, fastifyAdapter } from '../server/http-server.js';
import { StderrLogger } from '../server/logger.js';
import { ingest } from './commands/ingest.js';
import { demoReport } from './demo-report.js';
import { writeSample } from './demo-sample.js';
import { summaryTable } from './ingest-summary.js';

export interface DemoOptions {
  exit?: boolean;
  people: number;
  seed: string;
}

interface Place {
  folder: string;
  database: string;
}

/**
 * Takes results in, prints the queue, and serves until it is stopped.
 * @returns what serves now; null with `exit`
 */
export async function runDemo(
  paths: readonly string[],
  options: DemoOptions & Place,
): Promise<NestFastifyApplication | null> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, fastifyAdapter(), {
    bodyParser: false,
    logger: new StderrLogger(),
    abortOnError: false,
  });
  configureHttp(app);
  await app.init();
  try {
    if (paths.length > 0) say(summaryTable(await ingest(app, paths, {})));
    else await ingestSample(app, options);
    say(await demoReport(app));
  } catch (error) {
    await app.close();
    throw error;
  }
  if (options.exit) {
    await app.close();
    return null;
  }
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await listen(app);
  await tellHowToGoOn(app, options);
  return app;
}

/** History first, without ringing anybody, then what the laboratories sent lately. */
async function ingestSample(app: NestFastifyApplication, options: DemoOptions & Place): Promise<void> {
  const sample = writeSample(options, app.get(Clock).now());
  say(`\n样本 sample: ${sample.people} 位体检客户两年的结果 people, two years of checkups\n历史 history`);
  say(summaryTable(await ingest(app, [sample.history], { history: true })));
  say('\n近期 what came lately');
  say(summaryTable(await ingest(app, [sample.current], {})));
}

/** The usual port, or any free one when another service has it. */
async function listen(app: NestFastifyApplication): Promise<void> {
  const { host, port } = app.get<Config>(CONFIG);
  await app.listen((await isFree(port, host)) ? port : 0, host);
}

/** Asked before, because the framework reports a port that is taken as an error of its own. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function tellHowToGoOn(app: NestFastifyApplication, { database }: Place): Promise<void> {
  const access = app.get(AccessService);
  const read = await access.createKey({ name: 'demo', scope: 'read' });
  const admin = await access.createKey({ name: 'demo', scope: 'admin' });
  const nurse = { login: 'wang', name: '王秀兰', roles: ['nurse', 'duty-doctor'] } as const;
  const { link } = await app.get(AccountsService).create(nurse);
  const { port } = app.getHttpServer().address() as { port: number };
  const base = `http://127.0.0.1:${port}`;
  say(
    [
      '',
      `只读密钥 read key    ${read.secret}`,
      `管理密钥 admin key   ${admin.secret}`,
      `数据库 database      sqlite:${database}`,
      '',
      '试一试 try:',
      `  curl -s -H 'Authorization: Bearer ${read.secret}' '${base}/fhir/Task?status=requested&_count=5'`,
      `  curl -s -H 'Authorization: Bearer ${admin.secret}' '${base}/api/queue?limit=5'`,
      `  curl -s -H 'Authorization: Bearer ${admin.secret}' '${base}/api/data-quality?limit=5'`,
      '',
      `打开工作台 open the workbench (一次性链接 a link for once, 护士兼医生 nurse and doctor):`,
      `  ${base}/set-up/${link!}`,
      '',
      `服务中 serving ${base}  接口说明 API ${base}/api/docs  (Ctrl-C 停止 stops)`,
    ].join('\n'),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
