import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  bundleOf,
  loinc,
  minutesAfter,
  mrnOf,
  observation,
  person,
  quantity,
  result,
} from '../support/messages.js';
import { SHIPPED_RULES } from '../support/own-rules.js';
import { openTasks, reconcile, seen, tell } from '../support/queue.js';

/** All shipped packs in force: what one result is to several of them. */
describe('several packs', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule], env: { RULES_DIR: SHIPPED_RULES } });
  });
  afterAll(() => app.close());

  const end = (task: fhir4.Task | undefined) => task?.restriction?.period?.end;
  const report = (conclusion: string): fhir4.DiagnosticReport => ({
    resourceType: 'DiagnosticReport',
    status: 'final',
    identifier: [{ system: 'urn:test:report', value: conclusion }],
    category: [{ coding: [{ code: 'EC' }] }],
    code: loinc('11524-6'),
    effectiveDateTime: '2026-03-02T02:00:00.000Z',
    issued: '2026-03-02T02:00:00.000Z',
    conclusion,
  });

  it('the strictest decides: class B of one and class A of another are two findings and one call, due in two hours', async () => {
    const patient = person();
    const glucose = observation({ glucoseFasting: 17 });
    await app.post('/fhir', bundleOf(patient, [glucose]));
    const first = await seen(app, mrnOf(patient));
    expect(first.findings).toEqual(['consensus-ab/glucose-critical-high', 'glucose-fasting']);
    expect(openTasks(first)).toBe('notify');
    const [task] = first.notify;
    expect(task).toMatchObject({ priority: 'stat', reasonReference: { display: '空腹血糖达16.7' } });
    expect(end(task)).toBe('2026-03-02T04:00:00.000Z');
    expect(task!.input).toHaveLength(2);

    // Corrected below the graver limit: the call falls back to what still stands.
    const corrected = { ...glucose, status: 'corrected' as const, issued: minutesAfter(5) };
    await app.post('/fhir', bundleOf(patient, [{ ...corrected, valueQuantity: quantity(8, 'mmol/L') }]));
    const second = await seen(app, mrnOf(patient));
    expect(second.findings).toEqual(['glucose-fasting']);
    expect(second.retracted).toEqual(['consensus-ab/glucose-critical-high']);
    expect(second.notify).toMatchObject([{ id: task!.id, priority: 'asap' }]);
    expect(end(second.notify[0])).toBe('2026-03-02T09:30:00.000Z');
    expect(second.notify[0]!.input).toHaveLength(1);

    await app.post('/fhir', bundleOf(patient, [{ ...corrected, status: 'entered-in-error' }]));
    const third = await seen(app, mrnOf(patient));
    expect([third.findings, openTasks(third)]).toEqual([[], '']);
  });

  it('a finding whose limit waits for a doctor says so', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 0.9 })]));
    const { all } = await seen(app, mrnOf(patient));
    const tagged = all.findings
      .map(({ code, meta }) => [code!.coding![0]!.code, meta?.tag?.[0]?.code ?? ''])
      .sort();
    expect(tagged).toEqual([
      ['consensus-ab/wbc-critical-low', 'pending'],
      ['consensus-ab/wbc-low', 'pending'],
      ['important-results/wbc-low', ''],
      ['lab-critical/wbc-low', 'pending'],
    ]);
  });

  it('an electrocardiogram in words rings within two hours, a normal one nobody', async () => {
    const [ill, well] = [person(), person()];
    await app.post('/fhir', bundleOf(ill, [report('频发室性早搏，短阵室性心动过速')]));
    await app.post('/fhir', bundleOf(well, [report('窦性心律，正常心电图')]));
    const rung = await seen(app, mrnOf(ill));
    expect(rung.findings).toEqual([
      'consensus-ab/ecg-ventricular-tachyarrhythmia',
      'lab-critical/ecg-ventricular-tachycardia',
    ]);
    expect(rung.notify).toMatchObject([{ priority: 'stat' }]);
    const silent = await seen(app, mrnOf(well));
    expect([silent.findings, openTasks(silent)]).toEqual([[], '']);
  });

  it('signs that a number does not show go to the doctor', async () => {
    const patient = person();
    const pressure = result({
      code: loinc('85354-9'),
      component: [
        { code: loinc('8480-6'), valueQuantity: quantity(78, 'mm[Hg]') },
        { code: loinc('8462-4'), valueQuantity: quantity(52, 'mm[Hg]') },
      ],
    });
    await app.post('/fhir', bundleOf(patient, [pressure]));
    const after = await seen(app, mrnOf(patient));
    expect([after.findings, openTasks(after)]).toEqual([[], 'review']);
    expect(after.review[0]).toMatchObject({ priority: 'stat', reasonReference: { display: '收缩压低于80' } });
  });

  describe('children', () => {
    const guardian: fhir4.PatientContact[] = [
      { relationship: [{ text: '母亲' }], telecom: [{ system: 'phone', value: '13900000000' }] },
    ];
    const born = (birthDate: string): fhir4.Patient => person(undefined, { birthDate, contact: guardian });
    const potassium = (value: number) =>
      result({ code: loinc('2823-3'), valueQuantity: quantity(value, 'mmol/L') });

    it('a newborn has limits of its own, by the day', async () => {
      const [newborn, older] = [born('2026-02-01'), born('2026-01-31')];
      for (const baby of [newborn, older]) await app.post('/fhir', bundleOf(baby, [potassium(3.4)]));
      const rung = await seen(app, mrnOf(newborn));
      expect(rung.findings).toEqual(['lab-critical/newborn-potassium-low']);
      expect(rung.notify).toMatchObject([{ priority: 'stat' }]);
      const silent = await seen(app, mrnOf(older));
      expect([silent.findings, openTasks(silent)]).toEqual([[], '']);
    });

    it('beyond an adult class A limit a child goes to review', async () => {
      const child = born('2016-03-02');
      await app.post('/fhir', bundleOf(child, [potassium(6.8)]));
      const after = await seen(app, mrnOf(child));
      expect([after.findings, openTasks(after)]).toEqual([[], 'review']);
      expect(after.review[0]!.priority).toBe('stat');
    });
  });

  it('once told, a call of several packs is closed for all of them', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 0.8 })]));
    const { notify } = await seen(app, mrnOf(patient));
    expect(notify[0]!.input).toHaveLength(4);
    await tell(app, notify[0]!);
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('');
  });

  it('the second witness agrees', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
