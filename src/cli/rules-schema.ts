import { readFolders } from '../config/config.js';
import { POLICY_SCHEMA } from '../policy/domain/read-policy.js';
import { rulesSchema } from '../rules/domain/schema/rules-schema.js';
import { catalogueOf } from '../rules/domain/vocabulary-catalogue.js';
import { loadVocabulary } from '../terminology/load-vocabulary.js';

/** The schema of all rule files under the vocabulary in use, as `rules/schema.json` holds it. */
export function schemaText(): string {
  const catalogue = catalogueOf(loadVocabulary(readFolders().vocabularyDir));
  return `${JSON.stringify(rulesSchema(catalogue, POLICY_SCHEMA), null, 1)}\n`;
}
