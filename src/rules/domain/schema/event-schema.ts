import { DOUBT_REASONS } from '../../../kernel/index.js';
import { CLASSES, EVENT_TYPES, LEVELS, NOT_EVALUABLE } from '../rule.js';
import { ID, mapOf, type Schema, TEXT, told, whereIs } from './schema.js';

export const LEVEL: Schema = {
  enum: [...LEVELS, NOT_EVALUABLE],
  ...told('风险等级 1 到 4；not-evaluable 不能评估', 'Risk level 1 to 4; not-evaluable: cannot be judged'),
};

/** What a rule does when it holds. */
export function eventSchema(): Schema {
  const params = mapOf(
    {
      class: { enum: CLASSES, ...told('类别', 'Class') },
      level: LEVEL,
      domain: { ...TEXT, ...told('分层方案里的领域', 'A domain of the level plan') },
      suspected: {
        anyOf: [{ type: 'boolean' }, ID],
        ...told(
          '首次发现，待复查确认；或分层方案 repeats 里的编号',
          'Newly found, to be confirmed by a repeat; or an id of `repeats` of the level plan',
        ),
      },
      advice: {
        ...mapOf({ zh: TEXT, en: TEXT }, ['zh']),
        ...told('建议：护士对受检者说的话', 'What the nurse tells the person'),
      },
      reason: { enum: DOUBT_REASONS, ...told('计入的原因', 'The reason that it is counted under') },
    },
    [],
  );
  const event = {
    type: {
      enum: EVENT_TYPES,
      enumDescriptions: [
        '通知受检者 call the person',
        '请医生判断 ask the doctor',
        '只计数 only count',
        '给出风险等级 give a risk level',
      ],
      ...told('成立后做什么', 'What is done when it holds'),
    },
    params,
  };
  return mapOf(event, ['type', 'params'], {
    ...told('成立后做什么', 'What is done when it holds'),
    allOf: [
      whereIs('type', ['count'], { properties: { params: { required: ['reason'] } } }),
      whereIs('type', ['notify', 'review'], { properties: { params: { required: ['class', 'advice'] } } }),
      whereIs('type', ['level'], { properties: { params: { required: ['level', 'domain', 'advice'] } } }),
    ],
  });
}
