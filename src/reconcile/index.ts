export { type Difference } from './domain/compare.js';
export { ReconcileModule } from './reconcile.module.js';
export { ReconcileService } from './reconcile.service.js';
