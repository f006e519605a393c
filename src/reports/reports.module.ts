import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/index.js';
import { RulesModule } from '../rules/index.js';
import { SecretsModule } from '../secrets/index.js';
import { TerminologyModule } from '../terminology/index.js';
import { EmployerNames } from './employer-names.js';
import { Employers } from './employers.js';
import { FiguresRepository } from './figures.repository.js';
import { FiguresService } from './figures.service.js';
import { PopulationRepository } from './population.repository.js';
import { PopulationService } from './population.service.js';

@Module({
  imports: [PeopleModule, RulesModule, SecretsModule, TerminologyModule],
  providers: [
    EmployerNames,
    Employers,
    FiguresRepository,
    FiguresService,
    PopulationRepository,
    PopulationService,
  ],
  exports: [Employers, FiguresService, PopulationService],
})
export class ReportsModule {}
