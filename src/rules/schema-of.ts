import { POLICY_SCHEMA } from '../policy/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { modelFacts } from './domain/formula/model-facts.js';
import { withFormulas } from './domain/formula/with-formulas.js';
import { rulesSchema } from './domain/schema/rules-schema.js';

/** The schema of all rule files, the notification policy among them, under a vocabulary. */
export function schemaOf(vocabulary: AnalyteCatalogue): Record<string, unknown> {
  return rulesSchema(withFormulas(vocabulary, modelFacts(vocabulary)), POLICY_SCHEMA);
}
