import { Module } from '@nestjs/common';
import { TerminologyModule } from '../terminology/index.js';
import { RulesService } from './rules.service.js';

@Module({ imports: [TerminologyModule], providers: [RulesService], exports: [RulesService] })
export class RulesModule {}
