import { AppError } from '../kernel/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { readRules } from './domain/files/read-rules.js';
import { buildRuleSet, type RuleSet } from './domain/rule-set.js';
import { readFiles } from './read-files.js';
import { versionHash } from './rules-version.js';

/**
 * The rules of a folder, all or nothing. Throws an `AppError` with every fault of every file (`file:line:column`).
 */
export async function loadRules(dir: string, catalogue: AnalyteCatalogue): Promise<RuleSet> {
  const { rules, formulas, faults, content } = await readRules(await readFiles(dir), catalogue);
  if (faults.length > 0) throw new AppError(faults);
  return buildRuleSet(versionHash(content, []), rules, formulas);
}
