import { type AnalyteCatalogue } from '../catalogue.js';
import { COMPARISONS } from '../compare.js';
import { GRADES, kindOf, OWN_LIMIT_OPERATORS, WORD_OPERATORS } from '../files/read-threshold.js';
import { PERSON_WORDS } from '../rule.js';
import { AGE_UNITS } from '../threshold.js';
import { listOf, type Schema, TEXT, told, whereIs } from './schema.js';

/** What may be compared with what: limits and units of numbers, grades, categories, words of the person. */
export function valueSchemas(numbers: readonly string[], catalogue: AnalyteCatalogue): Schema[] {
  return [...limits(numbers, catalogue), ...units(catalogue), ...categories(catalogue), ...person(catalogue)];
}

function limits(numbers: readonly string[], catalogue: AnalyteCatalogue): Schema[] {
  const counts = { params: { properties: { over: { const: 'count' } }, required: ['over'] } };
  const counted = whereIs('operator', COMPARISONS, { required: ['unit'] });
  // A count has no unit of its own, what is counted has.
  const limit = {
    properties: { value: { type: 'number' } },
    if: { properties: counts, required: ['params'] },
    then: { properties: { params: { properties: { when: counted } } } },
    else: { required: ['unit'] },
  };
  // Limits differ within a group of numbers: only the report's own limit fits all.
  const groups = numbers.filter((name) => !catalogue.get(name));
  return [
    whereIs('fact', numbers, whereIs('operator', [...COMPARISONS, 'microscopyAbove'], limit)),
    whereIs('fact', groups, { properties: { operator: { enum: OWN_LIMIT_OPERATORS } } }),
    whereIs('operator', ['microscopyAbove'], {
      required: ['params'],
      properties: { params: { required: ['grade'] } },
    }),
    whereIs('operator', OWN_LIMIT_OPERATORS, {
      properties: { value: { type: 'number', exclusiveMinimum: 0 } },
    }),
    whereIs('operator', ['in', 'notIn'], { properties: { value: { type: 'array', minItems: 1 } } }),
    whereIs('operator', ['cannotExclude'], {
      properties: { value: { ...TEXT, ...told('词库编号', 'Id of a lexicon') } },
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
  return [...byUnit].map(([unit, names]) => {
    const proposed = { anyOf: [{ const: unit }, TEXT], ...told(`单位：${unit}`, `Unit: ${unit}`) };
    return whereIs('fact', names, { properties: { unit: proposed } });
  });
}

function categories(catalogue: AnalyteCatalogue): Schema[] {
  const graded = catalogue.names().filter((name) => kindOf(name, catalogue) === 'ordinal');
  const named = catalogue.names().flatMap((name) => {
    const words = catalogue.get(name)?.categories ?? [];
    if (kindOf(name, catalogue) !== 'category' || words.length === 0) return [];
    return [whereIs('fact', [name], wordsFor(words))];
  });
  const grade = { type: 'string', anyOf: [{ enum: GRADES }, TEXT] };
  return [whereIs('fact', graded, { properties: { value: grade } }), ...named];
}

function person(catalogue: AnalyteCatalogue): Schema[] {
  const age = {
    value: { type: 'number', minimum: 0 },
    unit: { enum: AGE_UNITS },
    operator: { enum: COMPARISONS },
  };
  const answers = catalogue.names().filter((name) => catalogue.answer(name));
  const operator = { enum: WORD_OPERATORS };
  const yesNo = [...PERSON_WORDS.pregnant, true, false];
  const worded: [string[], readonly unknown[]][] = [
    [['sex'], PERSON_WORDS.sex],
    [['care-setting'], PERSON_WORDS['care-setting']],
    [['pregnant', ...answers], yesNo],
  ];
  return [
    whereIs('fact', ['age'], { properties: age, required: ['unit'] }),
    ...worded.map(([facts, words]) =>
      whereIs('fact', facts, { properties: { operator }, ...wordsFor(words) }),
    ),
  ];
}

/** One of the words, or a list of them for `in` and `notIn`. */
function wordsFor(words: readonly unknown[]): Schema {
  return {
    allOf: [
      whereIs('operator', ['equal', 'notEqual'], { properties: { value: { enum: words } } }),
      whereIs('operator', ['in', 'notIn'], { properties: { value: listOf({ enum: words }) } }),
    ],
  };
}
