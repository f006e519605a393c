import { Module } from '@nestjs/common';
import { AssessmentRepository } from './assessment.repository.js';
import { FindingRepository } from './finding.repository.js';

@Module({
  providers: [AssessmentRepository, FindingRepository],
  exports: [AssessmentRepository, FindingRepository],
})
export class AssessmentModule {}
