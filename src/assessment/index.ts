export { AssessmentModule } from './assessment.module.js';
export { type Circumstances, dispose, type Disposition } from './domain/dispose.js';
export { draftFindings, type Judged } from './domain/draft-findings.js';
export { type Finding, type FindingDraft, type FindingEvidence, type Told } from './domain/finding.js';
export { settleFindings, type Settled, type Settling } from './domain/settle-findings.js';
export { FindingRepository } from './finding.repository.js';
export { FindingEntity } from './finding.entity.js';
