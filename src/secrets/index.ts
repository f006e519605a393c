export { DataKeyEntity } from './data-key.entity.js';
export { hashSecret, newSecret } from './random-secret.js';
export { openText, sealText } from './sealed-text.js';
export { SecretsModule } from './secrets.module.js';
export { makeDataKeys, Vault } from './vault.js';
export { openVault } from './vault.provider.js';
