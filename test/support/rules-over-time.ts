import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from './app.js';
import { about, daysBefore, mrnOf, observation, person, resultsOnly } from './messages.js';
import { type OwnRules, rulesWith, rulesWithLevels } from './own-rules.js';
import { seen } from './queue.js';

/** One of each way of looking back, and one of each fact of the person; limits made for tests, no clinical ones. */
export const OVER_TIME = `
kind: critical
title: { zh: 测试用随时间变化, en: Over time for tests }
source: made for tests, no clinical limit
owner: nobody
review-by: 2999-12-31
population: any
rules:
  - id: hb-fall
    title: { zh: 血红蛋白下降, en: Haemoglobin falls }
    conditions: { all: [{ fact: hb, operator: greaterThanInclusive, value: 30, unit: g/L, params: { over: fall, within: 60 d } }] }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { hb: 100 }, earlier: [{ days: 30, facts: { hb: 130 } }], expect: fires }
      - { facts: { hb: 101 }, earlier: [{ days: 30, facts: { hb: 130 } }], expect: silent }
  - id: wbc-previous
    title: { zh: 上次白细胞低, en: White cells were low last time }
    conditions: { all: [{ fact: wbc, operator: lessThanInclusive, value: 3.0, unit: 10*9/L, params: { over: previous } }] }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { wbc: 5 }, earlier: [{ days: 30, facts: { wbc: 3.0 } }], expect: fires }
      - { facts: { wbc: 5 }, earlier: [{ days: 30, facts: { wbc: 3.1 } }], expect: silent }
  - id: plt-confirmed
    title: { zh: 血小板两次均高, en: Platelets high twice }
    conditions: { all: [{ fact: plt, operator: greaterThanInclusive, value: 399, unit: 10*9/L, params: { over: confirmed, within: 60 d } }] }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { plt: 400 }, earlier: [{ days: 30, facts: { plt: 399 } }], expect: fires }
      - { facts: { plt: 400 }, earlier: [{ days: 30, facts: { plt: 398 } }], expect: silent }
  - id: hb-often
    title: { zh: 三次中两次低, en: Low on two of three visits }
    conditions: { all: [{ fact: hb, operator: greaterThanInclusive, value: 2, params: { over: count, visits: 3, when: { operator: lessThanInclusive, value: 90, unit: g/L } } }] }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { hb: 90 }, earlier: [{ days: 30, facts: { hb: 90 } }], expect: fires }
      - { facts: { hb: 90 }, earlier: [{ days: 30, facts: { hb: 91 } }, { days: 60, facts: { hb: 91 } }], expect: silent }
  - id: ck-first
    title: { zh: 首次肌酸激酶高, en: Creatine kinase high for the first time }
    conditions:
      all:
        - { fact: ck, operator: greaterThanInclusive, value: 2000, unit: U/L }
        - not: { fact: ck, operator: greaterThanInclusive, value: 2000, unit: U/L, params: { over: ever-before } }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { ck: 2000 }, earlier: [{ days: 30, facts: { ck: 1999 } }], expect: fires }
      - { facts: { ck: 1999 }, earlier: [{ days: 30, facts: { ck: 2000 } }], expect: silent }
  - id: hb-with-wbc
    title: { zh: 血红蛋白与白细胞同降, en: Haemoglobin and white cells both fall }
    conditions:
      all:
        - { fact: hb, operator: lessThan, value: 0, unit: g/L, params: { over: change } }
        - { fact: wbc, operator: lessThan, value: 0, unit: 10*9/L, params: { over: change } }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { hb: 100, wbc: 4 }, earlier: [{ days: 30, facts: { hb: 110, wbc: 5 } }], expect: fires }
      - { facts: { hb: 100, wbc: 5 }, earlier: [{ days: 30, facts: { hb: 100, wbc: 5 } }], expect: silent }
  - id: hb-in-diabetes
    title: { zh: 糖尿病者血红蛋白低, en: Low haemoglobin in diabetes }
    conditions:
      all:
        - { fact: hb, operator: lessThanInclusive, value: 130, unit: g/L }
        - { fact: history.diabetes, operator: equal, value: true }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { hb: 130, history.diabetes: true }, expect: fires }
      - { facts: { hb: 131, history.diabetes: false }, expect: silent }
  - id: plt-without-anticoagulant
    title: { zh: 未用抗凝药者血小板高, en: High platelets without anticoagulant }
    conditions:
      all:
        - { fact: plt, operator: greaterThanInclusive, value: 399, unit: 10*9/L }
        - { fact: medication.anticoagulant, operator: equal, value: false }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { plt: 399, medication.anticoagulant: false }, expect: fires }
      - { facts: { plt: 398, medication.anticoagulant: true }, expect: silent }
  - id: wbc-in-family
    title: { zh: 有结直肠癌家族史者白细胞, en: White cells with a family history of colorectal cancer }
    conditions:
      all:
        - { fact: wbc, operator: lessThanInclusive, value: 6, unit: 10*9/L }
        - not: { fact: family.crc, operator: equal, value: true }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { wbc: 6, family.crc: false }, expect: fires }
      - { facts: { wbc: 6.1, family.crc: true }, expect: silent }
  - id: ck-of-inpatients
    title: { zh: 住院者肌酸激酶, en: Creatine kinase of inpatients }
    conditions:
      all:
        - { fact: ck, operator: greaterThanInclusive, value: 100, unit: U/L }
        - { fact: care-setting, operator: equal, value: inpatient }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { ck: 100, care-setting: inpatient }, expect: fires }
      - { facts: { ck: 99, care-setting: checkup }, expect: silent }
  - id: hb-in-pregnancy
    title: { zh: 妊娠者血红蛋白, en: Haemoglobin in pregnancy }
    conditions:
      all:
        - { fact: hb, operator: lessThan, value: 110, unit: g/L }
        - { fact: pregnant, operator: equal, value: true }
    event: { type: notify, params: { class: B, advice: { zh: 复查, en: repeat } } }
    examples:
      - { facts: { hb: 109, pregnant: true }, expect: fires }
      - { facts: { hb: 110, pregnant: false }, expect: silent }
`;

/** The pack `important-results` and `test-over-time/…`. */
export function rulesOverTime(): OwnRules {
  return rulesWith({ 'test-over-time/rules.yaml': OVER_TIME });
}

/** The same, and everybody gets a level. */
export function rulesOverTimeAndLevels(): OwnRules {
  return rulesWithLevels({ 'test-over-time/rules.yaml': OVER_TIME });
}

/** The service with these rules, and what stories about them do again and again. */
export class AppOverTime {
  private constructor(
    readonly app: TestApp,
    private readonly rules: OwnRules,
  ) {}

  static async start(): Promise<AppOverTime> {
    const rules = rulesOverTime();
    const app = await startApp({ env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });
    return new AppOverTime(app, rules);
  }

  async close(): Promise<void> {
    await this.app.close();
    this.rules.remove();
  }

  /** One message. */
  async send(...resources: fhir4.FhirResource[]): Promise<void> {
    const bundle = resultsOnly(resources, 'collection');
    for (const entry of bundle.entry!) delete entry.request;
    const { status, text } = await this.app.post('/fhir', bundle);
    if (status !== 200) throw new Error(`${status} ${text.slice(0, 300)}`);
  }

  /** The rules of `test-over-time` that have found something. */
  async found(mrn: string): Promise<string[]> {
    const { findings } = await seen(this.app, mrn);
    return findings.filter((id) => id.startsWith('test-over-time/')).map((id) => id.split('/')[1]!);
  }

  async newPerson(): Promise<string> {
    const patient = person();
    await this.send(patient);
    return mrnOf(patient);
  }
}

/** A haemoglobin so many days ago. */
export function hb(
  mrn: string,
  value: number,
  days = 0,
  more: Partial<fhir4.Observation> = {},
): fhir4.Observation {
  return observation({ hb: value }, { ...about(mrn), effectiveDateTime: daysBefore(days), ...more });
}
