import { DataSource } from 'typeorm';
import { Rejudging } from '../../src/intake/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { RejudgeService, RejudgeWatch } from '../../src/rejudge/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup } from '../support/checkups.js';
import { bundleOf, loinc, minutesAfter, mrnOf, MRN, person, quantity, result } from '../support/messages.js';
import { reconcile } from '../support/queue.js';

const REACH = { strict: false };
const ALBUMIN = '1751-7';

describe('a result outside the interval of its own report, of an analyte without a rule for levels', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ env: { RULES_DIR: 'rules' }, modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  const albumin = (value: number, range: fhir4.ObservationReferenceRange): fhir4.Observation =>
    result({ code: loinc(ALBUMIN), valueQuantity: quantity(value, 'g/L'), referenceRange: [range] });
  const interval = { low: quantity(40, 'g/L'), high: quantity(55, 'g/L') };

  async function levelOf(patient: fhir4.Patient): Promise<fhir4.RiskAssessment> {
    const found = await app.search<fhir4.RiskAssessment>('RiskAssessment', {
      'patient.identifier': `${MRN}|${mrnOf(patient)}`,
    });
    return found[0]!;
  }
  const textOf = ({ prediction }: fhir4.RiskAssessment) => prediction![0]!.qualitativeRisk!.text;

  it('makes level 4, says so in both languages, and is no call', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [...checkup(), albumin(38, interval)]));
    const level = await levelOf(patient);
    expect(textOf(level)).toBe('4');
    expect(JSON.stringify(level)).toContain('白蛋白 38 g/L，低于本报告下限 40');
    const tasks = await app.search<fhir4.Task>('Task', {
      'patient.identifier': `${MRN}|${mrnOf(patient)}`,
    });
    expect(tasks).toEqual([]);
    const later = { ...albumin(45, interval), issued: minutesAfter(5) };
    const { text } = await app.post('/fhir', bundleOf(patient, [later]));
    expect(text).not.toContain('issue');
    expect(textOf(await levelOf(patient))).toBe('5');
    expect(await reconcile(app)).toEqual([]);
  });

  it('of two results of one moment the one outside its interval counts, whichever comes first', async () => {
    for (const values of [
      [38, 45],
      [45, 38],
    ]) {
      const patient = person();
      await app.post('/fhir', bundleOf(patient, checkup()));
      for (const value of values) await app.post('/fhir', bundleOf(patient, [albumin(value, interval)]));
      expect(textOf(await levelOf(patient))).toBe('4');
    }
    expect(await reconcile(app)).toEqual([]);
  });

  it('a result that was stored before intervals were read is read again, and everybody followed', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [...checkup(), albumin(38, { text: '40-55' })]));
    const data = app.nest.get(DataSource);
    const [row] = await data.query<{ measurement: string; id: string }[]>(
      "SELECT id, measurement FROM observation WHERE measurement LIKE '%beyond%' ORDER BY id DESC LIMIT 1",
    );
    const { beyond, ...before } = JSON.parse(row!.measurement) as { beyond?: unknown };
    expect(beyond).toEqual({ side: 'below', limit: '40' });
    await data.query('UPDATE observation SET measurement = ? WHERE id = ?', [
      JSON.stringify(before),
      row!.id,
    ]);
    await app.nest.get(RejudgeService, REACH).request(true);
    await app.nest.get(RejudgeWatch, REACH).look();
    expect(textOf(await levelOf(patient))).toBe('5');
    await app.nest.get(Rejudging, REACH).all();
    expect(textOf(await levelOf(patient))).toBe('4');
    expect(await reconcile(app)).toEqual([]);
  });
});
