import { type OwnRules, rulesWith } from './own-rules.js';

/** A man of whom China-PAR says 16.7 %; of the same man who never smoked, less than 15. */
export const SMOKER = {
  age: 55,
  sex: 'male',
  'systolic-bp': 150,
  'cholesterol-total': 5.6,
  'hdl-c': 1.1,
  waist: 92,
  'smoking-status': 'current',
  'residence-region': 'north',
  'residence-area': 'urban',
  'history.coronary-heart-disease': false,
  'history.myocardial-infarction': false,
  'history.stroke': false,
  'history.diabetes': false,
  'medication.antihypertensive': true,
  'family.coronary-heart-disease': false,
  'family.myocardial-infarction': false,
  'family.stroke': false,
};

const OUTCOMES: [expect: string, more: object][] = [
  ['fires', {}],
  ['silent', { 'smoking-status': 'never' }],
  ['unknown', { 'smoking-status': 'unknown' }],
  ['unknown', { age: 75 }],
  ['unknown', { 'history.stroke': true }],
  ['unknown', { 'history.myocardial-infarction': true }],
];

/** Rules on what risk models give; their limits are made for tests. */
export const MODEL_RULES = `kind: critical
title: { zh: 测试用风险模型, en: Risk models for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
population: any
rules:
  - id: egfr-low
    title: { zh: eGFR低, en: Low eGFR }
    conditions: { all: [{ fact: egfr, operator: lessThan, value: 60, unit: 'mL/min/{1.73_m2}' }] }
    event: { type: notify, params: { class: B, advice: { zh: 肾内科, en: see a nephrologist } } }
    examples:
      - { facts: { creatinine: 133, age: 60, sex: male }, expect: fires }
      - { facts: { creatinine: 121, age: 60, sex: male }, expect: fires }
      - { facts: { creatinine: 120, age: 60, sex: male }, expect: silent }
      - { facts: { creatinine: 133, age: 60 }, expect: unknown }
      - { facts: { creatinine: 133, age: 17, sex: male }, expect: unknown }
      - { facts: { creatinine: 133, egfr: 61, age: 60, sex: male }, expect: silent }
      - { facts: { creatinine: '>1000', age: 60, sex: male }, expect: fires }
      - { facts: { creatinine: '<60', age: 60, sex: male }, expect: silent }
      - { facts: { creatinine: 100-133, age: 60, sex: male }, expect: review }
  - id: fibrosis
    title: { zh: FIB-4高, en: High FIB-4 }
    conditions: { all: [{ fact: fib-4, operator: greaterThan, value: 2.67, unit: '1' }] }
    event: { type: notify, params: { class: C, advice: { zh: 肝病科, en: see a hepatologist } } }
    examples:
      - { facts: { ast: 80, alt: 50, plt: 120, age: 60 }, expect: fires }
      - { facts: { ast: 40, alt: 62, plt: 180, age: 45 }, expect: silent }
      - { facts: { ast: 80, alt: 50, plt: 120, age: 34 }, expect: unknown }
      - { facts: { ast: 80, alt: '<5', plt: 120, age: 60 }, expect: fires }
  - id: ldl-high
    title: { zh: LDL高, en: High LDL }
    conditions: { all: [{ fact: ldl-c, operator: greaterThanInclusive, value: 3.5, unit: mmol/L }] }
    event: { type: notify, params: { class: C, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { cholesterol-total: 5.6, hdl-c: 1.1, triglycerides: 2.1 }, expect: fires }
      - { facts: { cholesterol-total: 5.5, hdl-c: 1.1, triglycerides: 2.1 }, expect: silent }
      - { facts: { cholesterol-total: 5.6, hdl-c: 1.1, triglycerides: 2.1, ldl-c: 3.4 }, expect: silent }
      - { facts: { cholesterol-total: 9.6, hdl-c: 1.1, triglycerides: 4.5 }, expect: unknown }
      - { facts: { cholesterol-total: 9.6, hdl-c: 1.1, triglycerides: 4-5 }, expect: review }
  - id: homa-ir-high
    title: { zh: HOMA-IR高, en: High HOMA-IR }
    conditions: { all: [{ fact: homa-ir, operator: greaterThan, value: 3.21, unit: '1' }] }
    event: { type: notify, params: { class: C, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { glucose-fasting: 5.8, insulin-fasting: 12.5 }, expect: fires }
      - { facts: { glucose-fasting: 5.8, insulin-fasting: 12.4 }, expect: silent }
  - id: ascvd-high
    title: { zh: ASCVD高危, en: High ASCVD risk }
    conditions: { all: [{ fact: china-par-10y, operator: greaterThanInclusive, value: 15, unit: '%' }] }
    event: { type: notify, params: { class: C, advice: { zh: 心内科, en: see a cardiologist } } }
    examples:
${OUTCOMES.map(
  ([expect, more]) => `      - { facts: ${JSON.stringify({ ...SMOKER, ...more })}, expect: ${expect} }\n`,
).join('')}`;

/** The pack `important-results` with `test-models/…`. */
export function modelRules(): OwnRules {
  return rulesWith({ 'test-models/rules.yaml': MODEL_RULES });
}
