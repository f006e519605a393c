import { type AnalyteCatalogue } from '../catalogue.js';
import { KINDS } from '../files/read-rules.js';
import { RULE_KINDS } from '../rule.js';
import { caseSchemas } from './case-schema.js';
import { conditionSchemas } from './condition-schema.js';
import { levelSchemas } from './level-schema.js';
import { lexiconSchemas } from './lexicon-schema.js';
import { formulaSchemas } from './formula-schema.js';
import { overlaySchemas } from './overlay-schema.js';
import { policyCaseSchemas } from './policy-case-schema.js';
import { ruleFileSchemas } from './rule-schema.js';
import { type Schema, told, whereIs } from './schema.js';

/**
 * The schema of every file of the rules folder, from the constants that the files are read by and the vocabulary.
 * Editors complete and mark by it; what it cannot say (examples, limits, contradictions) `rules check` does.
 * @param policy the schema of the notification policy, which is not read here
 */
export function rulesSchema(catalogue: AnalyteCatalogue, policy: Schema): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Firstcall 规则文件 rule files',
    $comment: '由程序生成，请勿手改：npm run rules:reference · made by the program, not by hand',
    type: 'object',
    required: ['kind', 'owner', 'review-by'],
    properties: { kind: { enum: KINDS, ...told('文件种类', 'What kind of file this is') } },
    allOf: [
      whereIs('kind', RULE_KINDS, { $ref: '#/definitions/rule-file' }),
      whereIs('kind', ['levels'], { $ref: '#/definitions/levels-file' }),
      whereIs('kind', ['lexicon'], { $ref: '#/definitions/lexicon' }),
      whereIs('kind', ['overlay'], { $ref: '#/definitions/overlay' }),
      whereIs('kind', ['formula'], { $ref: '#/definitions/formula-file' }),
      whereIs('kind', ['case'], { $ref: '#/definitions/case-file' }),
      whereIs('kind', ['policy-case'], { $ref: '#/definitions/policy-case-file' }),
      whereIs('kind', ['notification-policy'], { $ref: '#/definitions/notification-policy' }),
    ],
    definitions: {
      ...ruleFileSchemas(catalogue),
      ...conditionSchemas(catalogue),
      ...levelSchemas(catalogue),
      ...lexiconSchemas(),
      ...overlaySchemas(),
      ...formulaSchemas(),
      ...caseSchemas(catalogue),
      ...policyCaseSchemas(),
      'notification-policy': policy,
    },
  };
}
