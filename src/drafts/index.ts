export { type DraftState, type FileChange, LONGEST_FILE, MOST_FILES, whatIsMissing } from './domain/draft.js';
export { type ReplayResult, type ReplayState } from './domain/replay-state.js';
export { type Approval, DraftPublisher } from './draft-publisher.js';
export { DraftReplays } from './draft-replays.js';
export { type DraftStrength, DraftStrengths } from './draft-strength.js';
export { DraftsModule } from './drafts.module.js';
export { type Draft, DraftsRepository } from './drafts.repository.js';
export { type Beginning, type Checked, type Doer, DraftsService } from './drafts.service.js';
