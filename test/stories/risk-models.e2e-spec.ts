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
} from '../support/messages.js';
import { modelRules } from '../support/model-rules.js';
import { type OwnRules } from '../support/own-rules.js';
import { reconcile, seen } from '../support/queue.js';

describe('values of risk models', () => {
  let app: TestApp;
  let rules: OwnRules;
  beforeAll(async () => {
    rules = modelRules();
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
    return findings.filter((id) => id.startsWith('test-models/')).map((id) => id.split('/')[1]!);
  }

  const of =
    (code: string, unit: string) =>
    (mrn: string, value: number, more: Partial<fhir4.Observation> = {}) =>
      result({
        ...about(mrn),
        code: loinc(code),
        valueQuantity: quantity(value, unit),
        effectiveDateTime: daysBefore(0),
        ...more,
      });
  const creatinine = of('14682-9', 'umol/L');
  const egfr = of('98979-8', 'mL/min/{1.73_m2}');

  async function aMan(birthDate = '1966-01-15'): Promise<string> {
    const patient = { ...person(), gender: 'male' as const, birthDate };
    await send(patient);
    return mrnOf(patient);
  }

  it('an eGFR that the laboratory does not report, with what it was computed from', async () => {
    const mrn = await aMan();
    await send(creatinine(mrn, 133));
    expect(await found(mrn)).toEqual(['egfr-low']);
    const { all } = await seen(app, mrn);
    const [issue] = all.findings;
    expect(issue!.detail).toMatch(
      /^估算肾小球滤过率 53 \S+（由肌酐 133 μmol\/L、男性、60 岁算出），低于 60：肾内科/,
    );
    const [finding] = await app.nest
      .get(FindingRepository)
      .byIds(app.nest.get(DataSource).manager, [issue!.id!]);
    expect(finding!.evidence.leaves[0]).toMatchObject({
      analyte: 'egfr',
      converted: '53',
      looked: [{ analyte: 'creatinine', converted: '133' }],
      by: {
        model: 'ckd-epi-2021-cr',
        version: '1',
        person: [
          { fact: 'sex', value: 'male' },
          { fact: 'age', value: '60' },
        ],
      },
    });
  });

  it('a correction of the input is followed, and the value that the laboratory reports itself counts', async () => {
    const mrn = await aMan();
    const first = creatinine(mrn, 133);
    await send(first);
    await send({
      ...first,
      valueQuantity: quantity(90, 'umol/L'),
      status: 'corrected',
      issued: minutesAfter(5),
    });
    expect(await found(mrn)).toEqual([]);
    await send({ ...first, status: 'corrected', issued: minutesAfter(6) });
    expect(await found(mrn)).toEqual(['egfr-low']);
    await send(egfr(mrn, 72));
    expect(await found(mrn)).toEqual([]);
  });

  it('nothing is computed where age or sex is not known, or below the range', async () => {
    const nobodyKnows = person();
    delete nobodyKnows.birthDate;
    await send({ ...nobodyKnows, gender: 'male' });
    const child = await aMan('2015-01-15');
    for (const mrn of [mrnOf(nobodyKnows), child]) {
      await send(creatinine(mrn, 133));
      expect(await found(mrn)).toEqual([]);
    }
  });

  const answered = (mrn: string, code: string, text: string) =>
    result({
      ...about(mrn),
      code: { text: code },
      valueQuantity: undefined,
      valueCodeableConcept: { text },
      effectiveDateTime: daysBefore(0),
    });
  const denied = (mrn: string, code: string): fhir4.Condition => ({
    resourceType: 'Condition',
    id: `no-${code.toLowerCase()}-${mrn.toLowerCase()}`,
    subject: about(mrn).subject,
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'refuted' }],
    },
  });

  it('the ASCVD risk of a woman once results, answers and history are there, whichever comes last', async () => {
    for (const isHistoryLast of [true, false]) {
      const patient = { ...person(), gender: 'female' as const, birthDate: '1961-01-15' };
      await send(patient);
      const mrn = mrnOf(patient);
      const measured = [
        of('8480-6', 'mm[Hg]')(mrn, 150),
        of('14647-2', 'mmol/L')(mrn, 5.6),
        of('14646-4', 'mmol/L')(mrn, 1.1),
        of('8280-0', 'cm')(mrn, 88),
        answered(mrn, '吸烟状态', '现在吸烟'),
        answered(mrn, '居住地区', '北方'),
      ];
      const said: fhir4.FhirResource[] = [
        denied(mrn, 'I25'),
        denied(mrn, 'I21'),
        denied(mrn, 'I63'),
        denied(mrn, 'E11'),
        {
          resourceType: 'MedicationStatement',
          id: `amlodipine-${mrn.toLowerCase()}`,
          status: 'active',
          subject: about(mrn).subject,
          medicationCodeableConcept: { text: '氨氯地平' },
        },
      ];
      const [first, last] = isHistoryLast ? [measured, said] : [said, measured];
      await send(...first);
      expect(await found(mrn)).toEqual([]);
      await send(...last);
      expect(await found(mrn)).toEqual(['ascvd-high']);
      const { all } = await seen(app, mrn);
      expect(all.findings[0]!.detail).toMatch(
        /^10年ASCVD风险\(China-PAR\) \d+\.\d %（由收缩压 150 mmHg、.*无2型?糖尿病史|正在使用降压药/,
      );
    }
  });
});
