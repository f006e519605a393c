import { Global, Module } from '@nestjs/common';
import { MessagingModule } from '../messaging/index.js';
import { RejudgeJobModule } from '../rejudge/index.js';
import { RulesModule } from '../rules/index.js';
import { WatchdogModule } from '../watchdog/index.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRepository } from './metrics.repository.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** What those who run the service look at. */
@Global()
@Module({
  imports: [MessagingModule, RejudgeJobModule, RulesModule, WatchdogModule],
  controllers: [HealthController, MetricsController],
  providers: [Metrics, MetricsRepository, Readiness],
  exports: [Metrics, Readiness],
})
export class OpsModule {}
