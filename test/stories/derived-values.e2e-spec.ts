import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  daysBefore,
  loinc,
  minutesAfter,
  mrnOf,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { type OwnRules, rulesWith } from '../support/own-rules.js';
import { reconcile, seen } from '../support/queue.js';

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

describe('values that are computed from others', () => {
  let app: TestApp;
  let rules: OwnRules;
  beforeAll(async () => {
    rules = rulesWith({ 'test-derived/rules.yaml': DERIVED });
    app = await startApp({ env: { RULES_DIR: rules.folder }, modules: [ReconcileModule] });
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });
  afterEach(async () => {
    expect(await reconcile(app)).toEqual([]);
  });

  async function send(...resources: fhir4.FhirResource[]): Promise<void> {
    const bundle = resultsOnly(resources, 'collection');
    for (const entry of bundle.entry!) delete entry.request;
    const { status, text } = await app.post('/fhir', bundle);
    if (status !== 200) throw new Error(`${status} ${text.slice(0, 300)}`);
  }

  async function found(mrn: string): Promise<string[]> {
    const { findings } = await seen(app, mrn);
    return findings.filter((id) => id.startsWith('test-derived/')).map((id) => id.split('/')[1]!);
  }

  const of = (code: string, unit: string) => (mrn: string, value: number, at: string, more: Partial<fhir4.Observation> = {}) =>
    result({ ...about(mrn), code: loinc(code), valueQuantity: quantity(value, unit), effectiveDateTime: at, ...more });
  const free = of('10886-0', 'ng/mL');
  const total = of('2857-1', 'ng/mL');
  const ratio = of('12841-3', '%');
  const cholesterol = of('14647-2', 'mmol/L');
  const hdl = of('14646-4', 'mmol/L');
  const today = (minutes = 0) => daysBefore(0, minutes * 60_000);

  async function newPerson(): Promise<string> {
    const patient = person();
    await send(patient);
    return mrnOf(patient);
  }

  it('once all results of the day are there, in whatever order they came', async () => {
    for (const isFreeFirst of [true, false]) {
      const mrn = await newPerson();
      const [one, two] = [free(mrn, 1.2, today(0)), total(mrn, 9, today(5))];
      await send(isFreeFirst ? one : two);
      expect(await found(mrn)).toEqual([]);
      await send(isFreeFirst ? two : one);
      expect(await found(mrn)).toEqual(['psa-share-low']);
    }
  });

  it('a rule that looks at a result and at what is derived from it finds it once', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 1.2, today()), total(mrn, 12, today()));
    expect(await found(mrn)).toEqual(['psa-high-share-low', 'psa-share-low']);
  });

  it('not from results of different days', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 1.2, today()), total(mrn, 9, daysBefore(1)));
    expect(await found(mrn)).toEqual([]);
  });

  it('a correction of either is followed', async () => {
    const mrn = await newPerson();
    const first = free(mrn, 1.2, today());
    await send(first, total(mrn, 9, today(5)));
    await send({ ...first, valueQuantity: quantity(2.5, 'ng/mL'), status: 'corrected', issued: minutesAfter(5) });
    expect(await found(mrn)).toEqual([]);
    await send({ ...first, issued: minutesAfter(6) });
    expect(await found(mrn)).toEqual(['psa-share-low']);
    await send({ ...first, status: 'entered-in-error', issued: minutesAfter(7) });
    expect(await found(mrn)).toEqual([]);
  });

  it('what the laboratory reports itself counts, and nothing is computed beside it', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 1.2, today()), total(mrn, 9, today()));
    expect(await found(mrn)).toEqual(['psa-share-low']);
    const reported = ratio(mrn, 20, today());
    await send(reported);
    expect(await found(mrn)).toEqual([]);
    await send({ ...reported, valueQuantity: quantity(14, '%'), status: 'corrected', issued: minutesAfter(5) });
    expect(await found(mrn)).toEqual(['psa-share-low']);
  });

  it('over time: from what each day gave', async () => {
    const mrn = await newPerson();
    await send(cholesterol(mrn, 6, today()), hdl(mrn, 1, today()));
    expect(await found(mrn)).toEqual([]);
    await send(hdl(mrn, 1, daysBefore(200)));
    await send(cholesterol(mrn, 4, daysBefore(200)));
    expect(await found(mrn)).toEqual(['non-hdl-up']);
  });

  it('for a person who is known only later', async () => {
    const mrn = unique('W');
    await send(free(mrn, 1.2, today()), total(mrn, 9, today()));
    await send(person(mrn));
    expect(await found(mrn)).toEqual(['psa-share-low']);
  });

  it('the evidence and the sentence show what it was computed from', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 1.2, today(0)), total(mrn, 9, today(5)));
    const { all } = await seen(app, mrn);
    const [issue] = all.findings;
    expect(issue!.detail).toContain(
      '游离/总PSA比值 13.3 %（由游离前列腺特异性抗原 1.2 ng/mL、总前列腺特异性抗原 9 ng/mL算出），低于 15：泌尿外科',
    );
    expect(issue!.implicated).toHaveLength(2);
    const [finding] = await app.nest
      .get(FindingRepository)
      .byIds(app.nest.get(DataSource).manager, [issue!.id!]);
    expect(finding!.evidence.leaves[0]).toMatchObject({
      analyte: 'psa-free-ratio',
      converted: '13.3',
      looked: [
        { analyte: 'psa-free', asSent: '1.2 ng/mL', converted: '1.2' },
        { analyte: 'psa-total', asSent: '9 ng/mL', converted: '9' },
      ],
    });
    expect(finding!.evidence.at).toBe(today(5));
  });
});
