import { type Formula } from '../../rules/domain/formula/formula.js';

/** What nobody is advised to raise: the waist has the wrong sign in the China-PAR of men, triglycerides lower an estimated LDL. */
export const NEVER_RAISED: ReadonlySet<string> = new Set(['waist', 'triglycerides']);

/** Inputs of models that nobody is advised to change for the model's sake: HDL of China-PAR, ALT and platelets of FIB-4. */
const NO_LEVERS: ReadonlySet<string> = new Set(['hdl-c', 'alt', 'plt']);
/** What nobody can change. */
const FIXED: ReadonlySet<string> = new Set(['body-height']);

/** The inputs of a derived value by which somebody could change it. */
export function leversOf(formula: Formula): string[] {
  const isModel = 'call' in formula;
  return formula.inputs
    .map(({ analyte }) => analyte)
    .filter((analyte) => !FIXED.has(analyte) && !(isModel && NO_LEVERS.has(analyte)));
}
