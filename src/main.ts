import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type Config, CONFIG } from './config/index.js';
import { summaryOf } from './server/error-summary.js';
import { configureHttp, fastifyAdapter } from './server/http-server.js';
import { ServiceLogger } from './server/logger.js';
import { explainAndExit } from './server/start-failure.js';

/** Starts the service; it ends by SIGTERM or SIGINT, after the requests under way. */
async function start(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, fastifyAdapter(), {
    bodyParser: false,
    logger: new ServiceLogger(),
    abortOnError: false,
  });
  const config = app.get<Config>(CONFIG);
  const logger = new Logger('Firstcall');
  for (const warning of config.warnings) logger.warn(warning);
  configureHttp(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.listen(config.port, config.host);
  logger.log(`listening on ${config.host}:${config.port} (${config.database.kind})`);
}

/** Nothing is known of the state after a fault that nobody caught: the next start finds everything that was acknowledged. */
process.on('uncaughtException', (error) => {
  const { what, frames } = summaryOf(error);
  new Logger('Firstcall').fatal(`stopping: ${what}`, frames);
  process.exit(1);
});

await start().catch(explainAndExit);
