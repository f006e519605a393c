export { type DailyLoad } from './domain/calls-per-day.js';
export { type Change } from './domain/compare-judgings.js';
export { type LevelChange, levelChange, type LevelMove, type LevelStands } from './domain/level-moves.js';
export { type RuleTally } from './domain/replay-tally.js';
export { type PersonChanges, type Replay } from './replay-run.js';
export { ReplayModule } from './replay.module.js';
export { ReplayService } from './replay.service.js';
