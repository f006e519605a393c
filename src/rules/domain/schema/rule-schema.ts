import { type AnalyteCatalogue } from '../catalogue.js';
import { type EXAMPLE_KEYS, EXPECTATIONS } from '../files/read-example.js';
import { type FILE_KEYS, type RULE_KEYS } from '../files/read-rule-file.js';
import { MODES } from '../overlay/overlay-entry.js';
import {
  PERSON_WORDS,
  type PersonFact,
  POPULATIONS,
  RULE_KINDS,
  STATUSES,
} from '../rule.js';
import { eventSchema } from './event-schema.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';

/** What every file and, where it differs, a rule says of itself. */
export const HEAD = {
  source: {
    ...TEXT,
    ...told('出处：指南或标准的名称、年份、条款', 'The guideline or list that the numbers come from'),
  },
  owner: { ...TEXT, ...told('负责人：科室与姓名', 'Who answers for it') },
  'review-by': {
    type: 'string',
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    patternErrorMessage: '写成 年-月-日，例如 2027-11-26 · Write YYYY-MM-DD',
    ...told('复审日期 年-月-日；过期只提醒', 'By when to look at it again, YYYY-MM-DD; overdue only warns'),
  },
  note: told('说明，程序不读', 'For people; the program does not read it'),
} as const satisfies Record<string, Schema>;

/** What a file of a centre's overlay says at its top. */
export const MODE: Schema = {
  enum: MODES,
  ...told(
    '只用于本院改动的文件夹：replaces 替换随附的同名规则，adds 新增',
    'Only in the overlay folder: replaces shipped rules of the same ids, or adds new ones',
  ),
};

const POPULATION: Schema = {
  enum: POPULATIONS,
  ...told('人群：adult(默认，18 岁及以上)、child、any', 'adult (the default, from 18), child, any'),
};
const REVIEW: Schema = {
  const: 'pending',
  ...told('pending：待医生确认', 'pending: waits for a doctor to confirm it'),
};

const PLAIN: Schema = { type: ['number', 'string', 'boolean'] };
/** A value in an example, bare or with the limit of its report. */
const VALUE: Schema = {
  anyOf: [PLAIN, mapOf({ value: PLAIN, low: PLAIN, limit: PLAIN, unit: TEXT, flag: { enum: ['above', 'within', 'below'] } }, [])],
};

/** A file of rules. */
export function ruleFileSchemas(catalogue: AnalyteCatalogue): Record<string, Schema> {
  const { source, owner, note } = HEAD;
  const file: Record<(typeof FILE_KEYS)[number] | 'overlay', Schema> = {
    kind: { enum: RULE_KINDS },
    overlay: MODE,
    title: { anyOf: [TEXT, BILINGUAL], ...told('标题', 'Title') },
    source,
    population: POPULATION,
    review: REVIEW,
    owner,
    'review-by': HEAD['review-by'],
    note,
    rules: listOf({ $ref: '#/definitions/rule' }, { ...told('规则列表', 'The rules') }),
  };
  return {
    'rule-file': mapOf(file, ['kind', 'title', 'source', 'owner', 'review-by', 'rules']),
    rule: ruleSchema(),
    example: exampleSchema(),
    facts: factsSchema(catalogue),
    value: VALUE,
  };
}

function ruleSchema(): Schema {
  const { source, owner, note } = HEAD;
  const rule: Record<(typeof RULE_KEYS)[number], Schema> = {
    id: {
      type: 'string',
      pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
      patternErrorMessage: '只用小写字母、数字和单个连字符 · Small letters, digits and single hyphens',
      ...told('编号，例如 wbc-low；不再改派他用', 'Id, e.g. wbc-low; never used for anything else'),
    },
    title: { ...BILINGUAL, ...told('标题 { zh, en }', 'Title { zh, en }') },
    source,
    population: POPULATION,
    review: REVIEW,
    status: {
      enum: STATUSES,
      ...told(
        '界值的依据：found 见于原文，found-2nd 见于转载，recalled 凭记忆，proposal 本项目拟定；除 found 外须 review: pending',
        'found in the source, found-2nd in a copy, recalled, or proposed here; all but found need review: pending',
      ),
    },
    owner,
    'review-by': HEAD['review-by'],
    note,
    'if-on': {
      ...TEXT,
      ...told('只在分层方案的这个开关打开时有效', 'In force only while this switch of the level plan is on'),
    },
    'if-off': {
      ...TEXT,
      ...told('只在分层方案的这个开关关闭时有效', 'In force only while this switch of the level plan is off'),
    },
    conditions: { $ref: '#/definitions/condition' },
    event: eventSchema(),
    examples: listOf(
      { $ref: '#/definitions/example' },
      { minItems: 1, ...told('例子，每个界值两侧都要有', 'Examples, on each side of every limit') },
    ),
  };
  return mapOf(rule, ['id', 'title', 'conditions', 'event', 'examples']);
}

function exampleSchema(): Schema {
  const facts = { $ref: '#/definitions/facts' };
  const days = { type: 'number', exclusiveMinimum: 0, ...told('几天以前', 'How many days before') };
  const example: Record<(typeof EXAMPLE_KEYS)[number], Schema> = {
    facts,
    earlier: listOf(mapOf({ days, facts }, ['days', 'facts']), told('较早的结果', 'Earlier results')),
    expect: {
      enum: EXPECTATIONS,
      enumDescriptions: [
        '成立 holds',
        '不成立 does not hold',
        '不知道 not known',
        '请医生判断 for the doctor to decide',
      ],
      ...told('应当得出', 'What is to come of it'),
    },
    note: HEAD.note,
  };
  return mapOf(example, ['facts', 'expect']);
}

function factsSchema(catalogue: AnalyteCatalogue): Schema {
  const named = catalogue.names().flatMap((name) => {
    const known = catalogue.get(name) ?? catalogue.answer(name);
    const value = catalogue.get(name) ? { $ref: '#/definitions/value' } : { type: 'boolean' };
    return known ? [[name, { ...value, ...told(known.names.zh, known.names.en) }] as const] : [];
  });
  const person: Record<PersonFact, Schema> = {
    age: {
      anyOf: [{ type: 'number', minimum: 0 }, { type: 'string', pattern: '^\\d+ d$' }],
      ...told('年龄：周岁，或天数如 5 d', 'Age in completed years, or in days like 5 d'),
    },
    sex: { enum: PERSON_WORDS.sex, ...told('性别', 'Sex') },
    pregnant: { type: 'boolean', ...told('妊娠', 'Pregnant') },
    'care-setting': { enum: PERSON_WORDS['care-setting'], ...told('就诊场景', 'Care setting') },
  };
  return mapOf(
    { ...Object.fromEntries(named), ...person },
    [],
    told('检验值与人的事实', 'Results, and facts of the person'),
  );
}
