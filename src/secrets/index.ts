export { DataKeyEntity } from './data-key.entity.js';
export { openText, sealText } from './sealed-text.js';
export { type DataKeys, makeDataKeys, unwrapKey, Vault, wrapKey } from './vault.js';
