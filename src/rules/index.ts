export { type AnalyteCatalogue, type CatalogueAnalyte } from './domain/catalogue.js';
export {
  type Change,
  type ConditionExplained,
  type Explanation,
  type LeafExplained,
  type ValueExplained,
} from './domain/explain/explanation.js';
export { type AskedPart } from './domain/explain/condition-in-words.js';
export { type ExampleWritten, examplesOf, type FactWritten } from './domain/explain/rule-examples.js';
export { type Excerpt, ruleExcerpts } from './domain/explain/rule-excerpt.js';
export { derive, type Formula } from './domain/formula/formula.js';
export { judge } from './domain/judge.js';
export { mayMatter } from './domain/rule-set.js';
export { type LeafEvidence, type Outcome, type Rule, type RuleClass, type RuleEvent } from './domain/rule.js';
export { type Lookup, PREGNANCY_STATUS } from './domain/lookups.js';
export { isOfOtherSex, type LevelPlan } from './domain/level-plan.js';
export { readable } from './domain/readable.js';
export { type LevelRules, type ReadyLevel } from './domain/level-rules.js';
export { otherAnalytes, type RuleSet } from './domain/rule-set.js';
export { checkRules, listRules, type RulesCheck } from './check-rules.js';
export { loadRules } from './load-rules.js';
export { sentence } from './domain/sentence.js';
export { catalogueOf } from './domain/vocabulary-catalogue.js';
export { type Bilingual } from './domain/catalogue.js';
export { DraftRules, DraftRulesModule, NobodyWaits } from './draft-rules.js';
export { type Strength } from './domain/strength/measure-rule.js';
export { type SourceFile } from './domain/files/parse-file.js';
export { differenceOf, type RulesDifference } from './rules-difference.js';
export { type FileWritten, RuleFolder } from './rule-folder.js';
export { RulesModule } from './rules.module.js';
export { type OverlayDifference } from './domain/overlay/apply-overlay.js';
export { type RulesVersion } from './rules-version.js';
export { type Refusal, type Reload, type ReloadRequest, type RulesChange, RulesService } from './rules.service.js';
export { RulesWatch, RulesWatchModule } from './rules-watch.js';
export { RuleSetRepository } from './rule-set.repository.js';
