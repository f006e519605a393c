import { readFolders } from '../config/config.js';
import { catalogueOf } from '../rules/domain/vocabulary-catalogue.js';
import { schemaOf } from '../rules/schema-of.js';
import { loadVocabulary } from '../terminology/load-vocabulary.js';

/** The schema of all rule files under the vocabulary in use, as `rules/schema.json` holds it. */
export function schemaText(): string {
  return `${JSON.stringify(schemaOf(catalogueOf(loadVocabulary(readFolders().vocabularyDir))), null, 1)}\n`;
}
