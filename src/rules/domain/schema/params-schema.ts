import { OVER_PARAMS, type TimeKey } from '../files/read-over-time.js';
import { GRADES, OPERATORS } from '../files/read-threshold.js';
import { type OverKind, OVERS } from '../over.js';
import { listOf, mapOf, type Schema, TEXT, told } from './schema.js';

const OVER_WORDS: Record<OverKind, string> = {
  latest: '最近一次，只看这段时间 the latest value, no older than this',
  previous: '上一次的值 the latest earlier value',
  change: '与上一次相比的变化 change from the latest earlier value',
  rise: '比期间最低值升高 rise from the lowest in the window',
  fall: '比期间最高值降低 fall from the highest in the window',
  rate: '单位时间的变化 change per time',
  count: '最近几次就诊里有几次 in how many of the last visits',
  confirmed: '现在成立，另一天也成立 held on another day too',
  'ever-before': '以前曾经成立 held before',
};

/** `params`: how a condition looks back over time, and what some operators need. */
export function paramsSchema(): Schema {
  const time: Record<'over' | TimeKey, Schema> = {
    over: {
      enum: OVERS,
      enumDescriptions: OVERS.map((kind) => OVER_WORDS[kind]),
      ...told('怎样回看历次结果', 'How to look back over earlier results'),
    },
    within: {
      type: 'string',
      pattern: '^\\d+(\\.\\d+)?\\s*(s|min|h|d|wk|mo|a)$',
      patternErrorMessage: '写成 7 d、48 h、3 mo、1 a · Write it like 7 d, 48 h, 3 mo, 1 a',
      ...told('多长时间以内，如 90 d', 'In what time, e.g. 90 d'),
    },
    as: {
      enum: ['points', 'percent'],
      ...told('百分点，还是上次值的百分之几', 'Percentage points, or percent'),
    },
    visits: { type: 'integer', minimum: 1, ...told('最近几次就诊', 'How many visits') },
    when: {
      ...mapOf({ operator: { enum: OPERATORS }, value: {}, unit: TEXT, params: { type: 'object' } }, [
        'operator',
        'value',
      ]),
      ...told('怎样的结果才计数', 'Which results are counted'),
    },
  };
  const others = {
    grade: { enum: GRADES, ...told('达到几个加号', 'From so many plus signs') },
    known: { const: true, ...told('只认记录上有的', 'Only what is on record counts') },
    categories: listOf(TEXT, { minItems: 1, ...told('直接通知的分类', 'Coded answers that fire') }),
  };
  const needs = [...OVERS].map((over) => ({
    if: { properties: { over: { const: over } }, required: ['over'] },
    then: { required: OVER_PARAMS[over].must },
  }));
  return mapOf({ ...time, ...others }, [], {
    allOf: needs,
    ...told(
      '怎样回看历次结果；镜检的 grade；结论的 categories',
      'Looking back; `grade` of microscopy; `categories` of conclusions',
    ),
  });
}
