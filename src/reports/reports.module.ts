import { Module } from '@nestjs/common';
import { RulesModule } from '../rules/index.js';
import { SecretsModule } from '../secrets/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { PopulationRepository } from './population.repository.js';
import { PopulationService } from './population.service.js';

@Module({
  imports: [RulesModule, SecretsModule, TerminologyModule],
  providers: [PopulationRepository, PopulationService],
  exports: [PopulationService],
})
export class ReportsModule {}
