export { AssessmentModule } from './assessment.module.js';
export { dispose } from './domain/dispose.js';
export { draftFindings } from './domain/draft-findings.js';
export { type Finding, type FindingDraft, type FindingEvidence, type Told } from './domain/finding.js';
export { settleFindings, type Settling } from './domain/settle-findings.js';
export { type EarlierFinding, FindingRepository } from './finding.repository.js';
export { FindingEntity } from './finding.entity.js';
