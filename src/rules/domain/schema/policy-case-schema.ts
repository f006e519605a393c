import { CARE_SETTINGS, LADDER_ROLES, ROUTE_TARGETS } from '../../../policy/domain/calling.js';
import { URGENCIES } from '../../../policy/domain/urgency.js';
import { type CallAnswer } from '../cases/policy-case.js';
import { type POLICY_CASE_FILE_KEYS, type POLICY_CASE_KEYS } from '../cases/read-policy-cases.js';
import { TIME } from './case-schema.js';
import { HEAD } from './rule-schema.js';
import { BILINGUAL, listOf, mapOf, type Schema, TEXT, told } from './schema.js';

/** A file of cases of the notification policy: a finding at some moment, and by when who does what. */
export function policyCaseSchemas(): Record<string, Schema> {
  const { owner, note } = HEAD;
  const file: Record<(typeof POLICY_CASE_FILE_KEYS)[number], Schema> = {
    kind: { const: 'policy-case' },
    title: { anyOf: [TEXT, BILINGUAL], ...told('标题', 'Title') },
    owner,
    'review-by': HEAD['review-by'],
    note,
    cases: listOf({ $ref: '#/definitions/policy-case' }, told('病例列表', 'The cases')),
  };
  const one: Record<(typeof POLICY_CASE_KEYS)[number], Schema> = {
    name: { ...TEXT, ...told('这个病例说明什么', 'What the case shows') },
    note,
    class: { enum: URGENCIES, ...told('类别', 'Class') },
    found: { ...TIME, ...told('何时发现，从此计时', 'When it was found: the clock begins') },
    'care-setting': { enum: CARE_SETTINGS, ...told('就诊场景，不写就是体检', 'Care setting; checkup if absent') },
    rung: { ...TIME, ...told('最后一次未接通的电话', 'The last call in vain') },
    told: { ...TIME, ...told('何时告知本人', 'When the person was told') },
    expect: mapOf(answers(), [], told('应当如何', 'What must come of it')),
  };
  return {
    'policy-case-file': mapOf(file, ['kind', 'owner', 'review-by', 'cases']),
    'policy-case': mapOf(one, ['name', 'class', 'found', 'expect']),
  };
}

function answers(): Record<CallAnswer, Schema> {
  return {
    'claim-by': { ...TIME, ...told('何时以前有人领取', 'By when somebody takes it') },
    'tell-by': { ...TIME, ...told('何时以前告知', 'By when the person is told') },
    'call-from': { ...TIME, ...told('何时起可以打(下一次)电话', 'From when on the next call may be made') },
    asked: mapOf(
      Object.fromEntries(LADDER_ROLES.map((role) => [role, TIME])),
      [],
      told('逐级上报：每一级何时被叫到，须写全', 'The ladder: when each role is asked; all of them'),
    ),
    first: listOf({ enum: ROUTE_TARGETS }, told('先告诉谁', 'Whom it is told to first')),
    'follow-up': { ...TIME, ...told('何时追问结果', 'When to ask what became of it') },
    'close-by': { ...TIME, ...told('何时以前闭环', 'By when the outcome must be known') },
  };
}
