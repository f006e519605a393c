export { type RejudgeJob } from './domain/rejudge-job.js';
export { progressOf, type RejudgingProgress } from './domain/rejudging-progress.js';
export { JudgedBy, type Standard } from './judged-by.js';
export { RejudgeJobRepository } from './rejudge-job.repository.js';
export { RejudgeJobModule, RejudgeModule } from './rejudge.module.js';
export { RejudgeService, type RunEnd } from './rejudge.service.js';
export { RejudgeWatch, RejudgeWatchModule } from './rejudge-watch.js';
