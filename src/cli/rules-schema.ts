import { readFolders } from '../config/config.js';
import { POLICY_SCHEMA } from '../policy/domain/policy-schema.js';
import { modelFacts } from '../rules/domain/formula/model-facts.js';
import { withFormulas } from '../rules/domain/formula/with-formulas.js';
import { rulesSchema } from '../rules/domain/schema/rules-schema.js';
import { catalogueOf } from '../rules/domain/vocabulary-catalogue.js';
import { loadVocabulary } from '../terminology/load-vocabulary.js';

/** The schema of all rule files under the vocabulary in use, as `rules/schema.json` holds it. */
export function schemaText(): string {
  const vocabulary = catalogueOf(loadVocabulary(readFolders().vocabularyDir));
  const catalogue = withFormulas(vocabulary, modelFacts(vocabulary));
  return `${JSON.stringify(rulesSchema(catalogue, POLICY_SCHEMA), null, 1)}\n`;
}
