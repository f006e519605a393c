export {
  isValue,
  limitsOf,
  type ModelResult,
  type ModelValue,
  type NotApplicable,
  type RiskModel,
} from './domain/model.js';
export { MODEL_INPUTS, type ModelInputs } from './domain/model-inputs.js';
export { PREDICTING_MODELS, RISK_MODELS } from './domain/registry.js';
export { type Change, CHANGE_NAMES, type LdlTarget, whatIf, type WhatIf } from './domain/what-if.js';
