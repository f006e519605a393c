import { type OwnRules, rulesWith } from './own-rules.js';

/** Rules on values that are computed from others; their limits are made for tests. */
const DERIVED = `
kind: critical
title: { zh: 测试用计算值, en: Derived values for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
population: any
rules:
  - id: psa-share-low
    title: { zh: 游离PSA比值低, en: Low share of free PSA }
    conditions: { all: [{ fact: psa-free-ratio, operator: lessThan, value: 15, unit: '%' }] }
    event: { type: notify, params: { class: B, advice: { zh: 泌尿外科, en: see a urologist } } }
    examples:
      - { facts: { psa-free: 1.4, psa-total: 10 }, expect: fires }
      - { facts: { psa-free: 1.5, psa-total: 10 }, expect: silent }
  - id: psa-high-share-low
    title: { zh: PSA高且比值低, en: High PSA with a low share }
    conditions:
      all:
        - { fact: psa-total, operator: greaterThanInclusive, value: 10, unit: ng/mL }
        - { fact: psa-free-ratio, operator: lessThan, value: 15, unit: '%' }
    event: { type: notify, params: { class: B, advice: { zh: 泌尿外科, en: see a urologist } } }
    examples:
      - { facts: { psa-free: 1.4, psa-total: 10 }, expect: fires }
      - { facts: { psa-free: 1.4, psa-total: 9.9 }, expect: silent }
      - { facts: { psa-free: 1.5, psa-total: 10 }, expect: silent }
  - id: non-hdl-up
    title: { zh: 非高密度脂蛋白上升, en: Non-HDL cholesterol rises }
    conditions: { all: [{ fact: non-hdl-c, operator: greaterThanInclusive, value: 1, unit: mmol/L, params: { over: change, within: 1 a } }] }
    event: { type: notify, params: { class: C, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { cholesterol-total: 5, hdl-c: 1 }, earlier: [{ days: 180, facts: { cholesterol-total: 4, hdl-c: 1 } }], expect: fires }
      - { facts: { cholesterol-total: 5, hdl-c: 1.1 }, earlier: [{ days: 180, facts: { cholesterol-total: 4, hdl-c: 1 } }], expect: silent }
`;

/** The pack `important-results` with the shipped formulas, and `test-derived/…`. */
export function derivedRules(): OwnRules {
  return rulesWith({ 'test-derived/rules.yaml': DERIVED });
}
