import { MODEL_INPUTS } from './model-inputs.js';
import { type RiskModel } from './model.js';

/**
 * All by which a model may say something else of the same person: its version, and which results and records its inputs
 * are taken from. Where this changes, whoever was judged by the model has to be judged again.
 */
export function revisionOf({ id, version }: RiskModel): readonly unknown[] {
  return [id, version, MODEL_INPUTS[id] ?? null];
}
