import { CARE_SETTINGS } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { FINDING_TRUTHS } from '../cases/case.js';
import { type CASE_FILE_KEYS, type CASE_KEYS } from '../cases/read-cases.js';
import { type EXPECTED_LEVEL_KEYS } from '../cases/read-expected-level.js';
import { type EXPECTED_KEYS } from '../cases/read-expected.js';
import { STATUSES } from '../cases/read-results.js';
import { CLASSES, PERSON_WORDS } from '../rule.js';
import { HEAD } from './rule-schema.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';

/** A day, or a time of a day, of the centre's clock. */
export const TIME: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2})?)?$',
  patternErrorMessage: '写成 2026-03-02 或 2026-03-02 08:30 · Write 2026-03-02 or 2026-03-02 08:30',
};

/** A file of cases: results of a person over time, and the findings that must come of them. */
export function caseSchemas(catalogue: AnalyteCatalogue): Record<string, Schema> {
  const { owner, note } = HEAD;
  const file: Record<(typeof CASE_FILE_KEYS)[number], Schema> = {
    kind: { const: 'case' },
    title: { anyOf: [TEXT, BILINGUAL], ...told('标题', 'Title') },
    owner,
    'review-by': HEAD['review-by'],
    packs: listOf(TEXT, told('看哪几个规则包；不写就是所在的包', 'The packs looked at; its own if absent')),
    note,
    cases: listOf({ $ref: '#/definitions/case' }, told('病例列表', 'The cases')),
  };
  const one: Record<(typeof CASE_KEYS)[number], Schema> = {
    name: { ...TEXT, ...told('这个病例说明什么', 'What the case shows') },
    note,
    person: personSchema(catalogue),
    now: { ...TIME, ...told('时钟：更晚的结果还没有来', 'The clock: later results have not come yet') },
    results: listOf(resultSchema(catalogue), { minItems: 1, ...told('结果', 'The results') }),
    expect: {
      anyOf: [listOf(expectedSchema()), expectedLevelSchema()],
      ...told(
        '全部阳性发现，[] 表示不许发出；或 { level: 3 }，应有的风险等级',
        'All findings, [] where nothing must fire; or { level: 3 }, the level that must come of it',
      ),
    },
  };
  return {
    'case-file': mapOf(file, ['kind', 'owner', 'review-by', 'cases']),
    case: mapOf(one, ['name', 'results', 'expect']),
  };
}

function personSchema(catalogue: AnalyteCatalogue): Schema {
  const answers = catalogue.names().flatMap((name) => {
    const known = catalogue.answer(name);
    return known ? [[name, { type: 'boolean', ...told(known.names.zh, known.names.en) }] as const] : [];
  });
  const person = {
    sex: { enum: PERSON_WORDS.sex, ...told('性别', 'Sex') },
    'birth-date': { ...TIME, ...told('出生日期', 'Date of birth') },
    age: { type: 'integer', minimum: 0, ...told('此刻的年龄', 'Age now, in completed years') },
  };
  return mapOf({ ...person, ...Object.fromEntries(answers) }, [], told('这个人', 'The person'));
}

function resultSchema(catalogue: AnalyteCatalogue): Schema {
  const analytes = catalogue.names().flatMap((name) => {
    const known = catalogue.get(name);
    return known
      ? [[name, { $ref: '#/definitions/value', ...told(known.names.zh, known.names.en) }] as const]
      : [];
  });
  const shared = {
    at: { ...TIME, ...told('时间', 'Time') },
    id: {
      ...TEXT,
      ...told(
        '同一个 id 是同一项结果的几个版本，最后发出的算数',
        'Of the same id: versions of one result; the one issued last counts',
      ),
    },
    issued: {
      ...TIME,
      ...told('这个版本发出的时间，不写就是 at', 'When this version was issued; `at` if absent'),
    },
    status: { enum: STATUSES, ...told('结果的状态，不写就是 final', 'FHIR status; final if absent') },
    'care-setting': { enum: CARE_SETTINGS, ...told('就诊场景', 'Care setting') },
  };
  return mapOf({ ...shared, ...Object.fromEntries(analytes) }, ['at']);
}

function expectedSchema(): Schema {
  const expected: Record<(typeof EXPECTED_KEYS)[number], Schema> = {
    rule: { ...TEXT, ...told('规则编号；别的包写全名', 'Id of the rule; of another pack its full name') },
    truth: {
      enum: FINDING_TRUTHS,
      ...told(
        'fires 通知，review 请医生判断；不写就是 fires',
        'fires: a call; review: the doctor; fires if absent',
      ),
    },
    at: { ...TIME, ...told('属于这个时间的结果', 'It belongs to a result of this time') },
    class: { enum: CLASSES, ...told('类别', 'Class') },
    note: HEAD.note,
  };
  return mapOf(expected, ['rule']);
}

function expectedLevelSchema(): Schema {
  const expected: Record<(typeof EXPECTED_LEVEL_KEYS)[number], Schema> = {
    level: { enum: [1, 2, 3, 4, 5, 'unknown'], ...told('等级', 'The level') },
    text: { type: ['string', 'integer'], ...told('显示的范围，如 1–3', 'The range shown, like 1–3') },
    reasons: listOf(TEXT, told('全部证实某一级的规则', 'All rules that prove a level')),
    note: HEAD.note,
  };
  return mapOf(expected, ['level']);
}
