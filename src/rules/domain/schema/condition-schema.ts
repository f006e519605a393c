import { type AnalyteCatalogue, type CatalogueAnalyte } from '../catalogue.js';
import { COMPARISONS } from '../compare.js';
import { type LEAF_KEYS } from '../files/read-condition.js';
import { FITTING, GRADES, kindOf, OPERATORS, WORD_OPERATORS } from '../files/read-threshold.js';
import { PERSON_FACTS, PERSON_WORDS, type PersonFact } from '../rule.js';
import { listOf, mapOf, type Schema, TEXT, told, whereIs } from './schema.js';

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
  cannotExclude: '结论不能排除 a conclusion that cannot exclude',
};
const PERSON_NAMES: Record<PersonFact, string> = {
  age: '年龄(周岁) age in completed years',
  sex: '性别 sex',
  pregnant: '妊娠 pregnant',
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
    return analyte ? `${analyte.names.zh} ${analyte.names.en}` : '项目组 a group of analytes';
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
    params: {
      type: 'object',
      ...told(
        'microscopyAbove 的 grade；cannotExclude 的 categories',
        '`grade` of microscopyAbove, `categories` of cannotExclude',
      ),
    },
  };
  const byKind = new Map<CatalogueAnalyte['kind'], string[]>();
  for (const name of catalogue.names()) {
    const kind = kindOf(name, catalogue);
    byKind.set(kind, [...(byKind.get(kind) ?? []), name]);
  }
  const fitting = [...byKind].map(([kind, names]) =>
    whereIs('fact', names, { properties: { operator: { enum: FITTING[kind] } } }),
  );
  const numbers = byKind.get('number') ?? [];
  return mapOf(properties, ['fact', 'operator', 'value'], {
    allOf: [
      ...fitting,
      groups(numbers, catalogue),
      ...limits(numbers),
      ...units(catalogue),
      ...categories(catalogue),
      ...person(),
    ],
  });
}

/** Limits differ within a group of numbers: only the report's own limit fits all. */
function groups(numbers: readonly string[], catalogue: AnalyteCatalogue): Schema {
  const unlike = numbers.filter((name) => !catalogue.get(name));
  return whereIs('fact', unlike, { properties: { operator: { enum: ['aboveOwnLimit'] } } });
}

function limits(numbers: readonly string[]): Schema[] {
  const limit = { properties: { value: { type: 'number' } }, required: ['unit'] };
  return [
    whereIs('fact', numbers, whereIs('operator', [...COMPARISONS, 'microscopyAbove'], limit)),
    whereIs('operator', ['microscopyAbove'], {
      required: ['params'],
      properties: {
        params: mapOf({ grade: { enum: GRADES, ...told('达到几个加号', 'from so many plus signs') } }, [
          'grade',
        ]),
      },
    }),
    whereIs('operator', ['aboveOwnLimit'], {
      properties: { value: { type: 'number', exclusiveMinimum: 0 } },
    }),
    whereIs('operator', ['in', 'notIn'], { properties: { value: { type: 'array', minItems: 1 } } }),
    whereIs('operator', ['cannotExclude'], {
      properties: {
        value: { ...TEXT, ...told('词库编号', 'Id of a lexicon') },
        params: mapOf({ categories: listOf(TEXT, { minItems: 1 }) }, []),
      },
    }),
  ];
}

/** The analyte's own unit is proposed; powers of ten of it are as good, so that nothing is marked. */
function units(catalogue: AnalyteCatalogue): Schema[] {
  const byUnit = new Map<string, string[]>();
  for (const name of catalogue.names()) {
    const unit = catalogue.get(name)?.unit;
    if (unit) byUnit.set(unit, [...(byUnit.get(unit) ?? []), name]);
  }
  return [...byUnit].map(([unit, names]) =>
    whereIs('fact', names, {
      properties: { unit: { anyOf: [{ const: unit }, TEXT], ...told(`单位：${unit}`, `Unit: ${unit}`) } },
    }),
  );
}

function categories(catalogue: AnalyteCatalogue): Schema[] {
  const graded = catalogue.names().filter((name) => kindOf(name, catalogue) === 'ordinal');
  const named = catalogue.names().flatMap((name) => {
    const words = catalogue.get(name)?.categories ?? [];
    if (kindOf(name, catalogue) !== 'category' || words.length === 0) return [];
    return [whereIs('fact', [name], wordsFor(words, ['equal', 'notEqual']))];
  });
  return [whereIs('fact', graded, { properties: { value: { type: 'string', examples: GRADES } } }), ...named];
}

function person(): Schema[] {
  const age = {
    value: { type: 'number', minimum: 0 },
    unit: { const: 'a' },
    operator: { enum: COMPARISONS },
  };
  const operator = { enum: WORD_OPERATORS };
  const yesNo = [...PERSON_WORDS.pregnant, true, false];
  return [
    whereIs('fact', ['age'], { properties: age, required: ['unit'] }),
    whereIs('fact', ['sex'], {
      properties: { operator },
      ...wordsFor(PERSON_WORDS.sex, ['equal', 'notEqual']),
    }),
    whereIs('fact', ['pregnant'], { properties: { operator }, ...wordsFor(yesNo, ['equal', 'notEqual']) }),
  ];
}

/** One of the words, or a list of them for `in` and `notIn`. */
function wordsFor(words: readonly unknown[], single: readonly string[]): Schema {
  return {
    allOf: [
      whereIs('operator', single, { properties: { value: { enum: words } } }),
      whereIs('operator', ['in', 'notIn'], { properties: { value: listOf({ enum: words }) } }),
    ],
  };
}
