import { Module } from '@nestjs/common';
import { AssessmentRepository } from './assessment.repository.js';
import { FindingRepository } from './finding.repository.js';
import { LevelMovesRepository } from './level-moves.repository.js';
import { LevelOverrideRepository } from './level-override.repository.js';
import { LevelOverridesService } from './level-overrides.service.js';

const ALL = [
  AssessmentRepository,
  FindingRepository,
  LevelMovesRepository,
  LevelOverrideRepository,
  LevelOverridesService,
];

@Module({
  providers: ALL,
  exports: ALL,
})
export class AssessmentModule {}
