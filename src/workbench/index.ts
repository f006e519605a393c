export { disclose, type ShownEvidence } from './domain/disclosure.js';
export { PersonFinder } from './person-finder.js';
export { type PersonShown, type QueueItem, QueueService } from './queue.service.js';
export { WorkbenchModule } from './workbench.module.js';
