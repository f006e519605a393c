export {
  isValue,
  limitsOf,
  type ModelResult,
  type ModelValue,
  type NotApplicable,
  type RiskModel,
} from './domain/model.js';
export { RISK_MODELS } from './domain/registry.js';
