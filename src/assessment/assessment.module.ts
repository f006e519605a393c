import { Module } from '@nestjs/common';
import { FindingRepository } from './finding.repository.js';

@Module({ providers: [FindingRepository], exports: [FindingRepository] })
export class AssessmentModule {}
