import { type FORMULA_FILE_KEYS, type FORMULA_KEYS, MOST_DECIMALS } from '../files/read-formula-file.js';
import { HEAD } from './rule-schema.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';

/** A file of formulas: values that are computed from others. */
export function formulaSchemas(): Record<string, Schema> {
  const { source, owner, note } = HEAD;
  const file: Record<(typeof FORMULA_FILE_KEYS)[number], Schema> = {
    kind: { const: 'formula' },
    title: { anyOf: [TEXT, BILINGUAL], ...told('标题', 'Title') },
    source,
    owner,
    'review-by': HEAD['review-by'],
    note,
    formulas: listOf({ $ref: '#/definitions/formula' }, told('公式列表', 'The formulas')),
  };
  const one: Record<(typeof FORMULA_KEYS)[number], Schema> = {
    id: { ...TEXT, ...told('规则里用的编号', 'What rules call it') },
    title: BILINGUAL,
    unit: { ...TEXT, ...told('结果的单位(UCUM)', 'Unit of the result (UCUM)') },
    decimals: {
      type: 'integer',
      minimum: 0,
      maximum: MOST_DECIMALS,
      ...told('报告到几位小数', 'Decimals that it is reported with'),
    },
    from: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { $ref: '#/definitions/fact' },
      ...told('公式里的名称 → 项目', 'Name in the formula → analyte'),
    },
    formula: {
      type: ['string', 'number'],
      ...told('算式：+ - * / ^ ( ) min max ln exp sqrt', 'Arithmetic: + - * / ^ ( ) min max ln exp sqrt'),
    },
    source,
    note,
    examples: listOf(
      mapOf(
        {
          facts: { type: 'object' },
          expect: { type: ['number', 'string'], ...told('得出的值，或 unknown', 'What comes of it, or unknown') },
          note,
        },
        ['facts', 'expect'],
      ),
      { minItems: 1, ...told('例子', 'Examples') },
    ),
  };
  return {
    'formula-file': mapOf(file, ['kind', 'title', 'owner', 'review-by', 'formulas']),
    formula: mapOf(one, ['id', 'title', 'unit', 'decimals', 'from', 'formula', 'examples']),
  };
}
