import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { type LEAF_KEYS } from '../files/read-condition.js';
import { FITTING, kindOf, OPERATORS } from '../files/read-threshold.js';
import { PERSON_FACTS, type PersonFact } from '../rule.js';
import { paramsSchema } from './params-schema.js';
import { listOf, mapOf, type Schema, TEXT, told, whereIs } from './schema.js';
import { valueSchemas } from './value-schema.js';

const OPERATOR_WORDS: Record<(typeof OPERATORS)[number], string> = {
  lessThan: '低于 <',
  lessThanInclusive: '低于或等于 ≤',
  greaterThan: '高于 >',
  greaterThanInclusive: '高于或等于 ≥',
  equal: '等于 =',
  notEqual: '不等于 ≠',
  in: '属于 one of',
  notIn: '不属于 none of',
  microscopyAbove: '镜检高于 above, in cells per field',
  aboveOwnLimit: "高于本报告上限的几倍 above so many times the report's own limit",
  reachesOwnLimit: "达到本报告上限的几倍 at least so many times the report's own limit",
  belowOwnLimit: "低于本报告下限的几倍 below so many times the report's own lower limit",
  dropsToOwnLimit: "不高于本报告下限的几倍 at most so many times the report's own lower limit",
  cannotExclude: '结论不能排除 a conclusion that cannot exclude',
};
const PERSON_NAMES: Record<PersonFact, string> = {
  age: '年龄(周岁或天) age in completed years or days',
  sex: '性别 sex',
  pregnant: '妊娠 pregnant',
  'care-setting': '就诊场景 care setting',
};

/** Conditions, with every fact of the vocabulary: an editor completes them, and knows which operators each has. */
export function conditionSchemas(catalogue: AnalyteCatalogue): Record<string, Schema> {
  const condition = { $ref: '#/definitions/condition' };
  const group = mapOf(
    {
      all: listOf(condition, { minItems: 1, ...told('全部成立', 'all of them hold') }),
      any: listOf(condition, { minItems: 1, ...told('任一成立', 'any of them holds') }),
      not: { ...condition, ...told('不成立', 'it does not hold') },
    },
    [],
    { minProperties: 1, maxProperties: 1 },
  );
  return {
    condition: {
      type: 'object',
      ...told('一个条件：fact，或 all、any、not', 'A condition: a fact, or all, any, not'),
      if: { required: ['fact'] },
      then: { $ref: '#/definitions/leaf' },
      else: group,
    },
    leaf: leafSchema(catalogue),
    fact: factSchema(catalogue),
  };
}

function factSchema(catalogue: AnalyteCatalogue): Schema {
  const names = [...catalogue.names()];
  const words = names.map((name) => {
    const analyte = catalogue.get(name);
    const known = analyte ?? catalogue.answer(name);
    return known ? `${known.names.zh} ${known.names.en}` : '项目组 a group of analytes';
  });
  return {
    enum: [...names, ...PERSON_FACTS],
    enumDescriptions: [...words, ...PERSON_FACTS.map((fact) => PERSON_NAMES[fact])],
    // Editors would list them all.
    errorMessage: '没有这个项目或事实；按 Ctrl+空格列出全部 · Unknown fact; Ctrl+Space lists them all',
    ...told('检验项目、项目组，或人的事实', 'An analyte, a group of analytes, or a fact of the person'),
  };
}

function leafSchema(catalogue: AnalyteCatalogue): Schema {
  const properties: Record<(typeof LEAF_KEYS)[number], Schema> = {
    fact: { $ref: '#/definitions/fact' },
    operator: {
      enum: OPERATORS,
      enumDescriptions: OPERATORS.map((operator) => OPERATOR_WORDS[operator]),
      ...told('怎样比较', 'How it is compared'),
    },
    value: told(
      '与什么比较：界值、分级、分类，或词库编号',
      'What it is compared with: a limit, a grade, a category, a lexicon',
    ),
    unit: { ...TEXT, ...told('界值的单位(UCUM)', 'The unit of the limit, in UCUM') },
    params: paramsSchema(),
  };
  const byKind = new Map<CatalogueAnalyte['kind'], string[]>();
  for (const name of catalogue.names().filter((one) => !catalogue.answer(one))) {
    const kind = kindOf(name, catalogue);
    byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  }
  const fitting = [...byKind].map(([kind, names]) =>
    whereIs('fact', names, { properties: { operator: { enum: FITTING[kind] } } }),
  );
  return mapOf(properties, ['fact', 'operator', 'value'], {
    allOf: [...fitting, ...valueSchemas(byKind.get('number') ?? [], catalogue)],
  });
}
