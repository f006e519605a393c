export { DataKeyEntity } from './data-key.entity.js';
export { KNOWN_AFTER_MS, type KeyNumber, prefixOf, SETTLED_AFTER_MS } from './domain/ring.js';
export { KeyRing } from './key-ring.js';
export { hashSecret, newSecret } from './random-secret.js';
export { type SealedColumn, type SealedRow } from './sealed-column.js';
export { openText, sealText } from './sealed-text.js';
export { SecretsModule } from './secrets.module.js';
export { headOf, makeDataKeys, Vault } from './vault.js';
export { openVault } from './vault.provider.js';
