export { AssessmentModule } from './assessment.module.js';
export { type Assessment, AssessmentRepository } from './assessment.repository.js';
export { AssessmentEarlierEntity, AssessmentEntity } from './assessment.entity.js';
export { assessLevel } from './domain/assess-level.js';
export { BehindReasons } from './domain/behind-reasons.js';
export { draftLevel } from './domain/draft-level.js';
export { type LevelAssessment } from './domain/level-assessment.js';
export { askedOf, predict, PREDICTED_FROM, type Prediction } from './domain/predict.js';
export { type Level, type LevelCause } from './domain/level.js';
export { isConfidential, type IsSensitive } from './domain/confidential.js';
export { dispose } from './domain/dispose.js';
export { draftFindings } from './domain/draft-findings.js';
export {
  type Finding,
  type FindingBehindLevel,
  type FindingDraft,
  type FindingEvidence,
  type Told,
} from './domain/finding.js';
export { settleFindings, type Settling } from './domain/settle-findings.js';
export { type EarlierFinding, FindingRepository } from './finding.repository.js';
export { FindingEntity } from './finding.entity.js';
export {
  type LevelInForce,
  levelInForce,
  OVERRIDE_STATES,
  type OverrideState,
} from './domain/level-override.js';
export { repeatsInWords } from './domain/level-words.js';
export { type LevelVersion } from './domain/level-history.js';
export { LevelOverrideRepository, SEALED_LEVELS } from './level-override.repository.js';
export { LevelOverridesService, type OverrideRequest, type OverrideSeen } from './level-overrides.service.js';
export { type Direction, DIRECTIONS, type LevelMove } from './domain/level-moves.js';
export { LevelMovesRepository, type MovesFilter, type PersonMove } from './level-moves.repository.js';
