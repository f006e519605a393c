import { Module } from '@nestjs/common';
import { RulesModule } from '../rules/index.js';
import { TasksModule } from '../tasks/index.js';
import { EscalationService } from './escalation.service.js';

@Module({ imports: [RulesModule, TasksModule], providers: [EscalationService], exports: [EscalationService] })
export class EscalationModule {}
