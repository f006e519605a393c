export { disclose, type ShownEvidence } from './domain/disclosure.js';
export { type ExplainedFinding, ExplanationService } from './explanation.service.js';
export { PersonFinder } from './person-finder.js';
export { type PersonShown, type QueueItem } from './queue.dto.js';
export { QueueService } from './queue.service.js';
export { WorkbenchModule } from './workbench.module.js';
export { levelShown } from './domain/level-shown.js';
export { type OverrideShown } from './level.dto.js';
export { LevelsService, overrideShown } from './levels.service.js';
