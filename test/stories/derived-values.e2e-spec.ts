import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  daysBefore,
  loinc,
  minutesAfter,
  MRN,
  mrnOf,
  ORDER,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { derivedRules } from '../support/derived-rules.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile, seen } from '../support/queue.js';

describe('values that are computed from others', () => {
  let app: TestApp;
  let rules: OwnRules;
  beforeAll(async () => {
    rules = derivedRules();
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

  const of =
    (code: string, unit: string) =>
    (mrn: string, value: number, at: string, more: Partial<fhir4.Observation> = {}) =>
      result({
        ...about(mrn),
        code: loinc(code),
        valueQuantity: quantity(value, unit),
        effectiveDateTime: at,
        ...more,
      });
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

  it('from each of two results of one moment, in whatever order they come and are numbered', async () => {
    for (const names of ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']) {
      const mrn = await newPerson();
      const numbered = (at: number) => ({
        identifier: [{ system: ORDER, value: `${mrn}-${names[at]}` }],
      });
      const shares = [
        free(mrn, 1.4, today(), numbered(0)),
        total(mrn, 9, today(), numbered(1)),
        total(mrn, 12, today(), numbered(2)),
      ];
      for (const one of shares) await send(one);
      expect(await found(mrn)).toContain('psa-high-share-low');
      expect(await found(mrn)).toContain('psa-share-low');
    }
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
    await send({
      ...first,
      valueQuantity: quantity(2.5, 'ng/mL'),
      status: 'corrected',
      issued: minutesAfter(5),
    });
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
    await send({
      ...reported,
      valueQuantity: quantity(14, '%'),
      status: 'corrected',
      issued: minutesAfter(5),
    });
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

  it('of an input without a unit nothing is certain: the doctor decides', async () => {
    const mrn = await newPerson();
    const unitless = { ...free(mrn, 1.2, today()), valueQuantity: { value: 1.2 } };
    await send(unitless, total(mrn, 9, today()));
    expect(await found(mrn)).toEqual([]);
    expect(await reviewsOf(mrn)).toEqual(['test-derived/psa-share-low']);
  });

  it('a missing input is no reason to ask the doctor', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 0.1, today()));
    expect(await found(mrn)).toEqual([]);
    expect(await reviewsOf(mrn)).toEqual([]);
  });

  it('what is computed from a preliminary result is preliminary', async () => {
    const mrn = await newPerson();
    const first = free(mrn, 1.2, today(), { status: 'preliminary' });
    await send(first, total(mrn, 9, today(5)));
    const statuses = async () => (await seen(app, mrn)).all.findings.map(({ status }) => status);
    expect(await statuses()).toEqual(['preliminary']);
    await send({ ...first, status: 'final', issued: minutesAfter(5) });
    expect(await statuses()).toEqual(['final']);
  });

  it('of an input whose status nobody knows the doctor decides', async () => {
    const mrn = await newPerson();
    await send(free(mrn, 1.2, today(), { status: 'unknown' }), total(mrn, 9, today(5)));
    expect(await found(mrn)).toEqual([]);
    expect(await reviewsOf(mrn)).toEqual(['test-derived/psa-share-low']);
  });

  /** Rules that wait for a doctor. */
  async function reviewsOf(mrn: string): Promise<string[]> {
    const [patient] = await app.search('Patient', { identifier: `${MRN}|${mrn}` });
    const all = await app.nest
      .get(FindingRepository)
      .ofPerson(app.nest.get(DataSource).manager, patient!.id!);
    return all
      .filter(({ kind, status }) => kind === 'review' && status !== 'retracted')
      .flatMap(({ ruleId }) => (ruleId.startsWith('test-derived/') ? ruleId : []));
  }
});
