export { RekeyingModule } from './rekeying.module.js';
export { RekeyingService, type Rotated, type Rotation, SEALED_COLUMNS } from './rekeying.service.js';
