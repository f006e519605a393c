import { DataSource } from 'typeorm';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { checkup, type Measure, type Values } from '../support/checkups.js';
import {
  about,
  bundleOf,
  daysBefore,
  loinc,
  mrnOf,
  MRN,
  observation,
  ORDER,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { reconcile } from '../support/queue.js';
import { condition } from '../support/records.js';

describe('the level that everyone examined gets', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ env: { RULES_DIR: 'rules' }, modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  async function send(patient: fhir4.Patient, results: readonly fhir4.FhirResource[]): Promise<void> {
    const { status, text } = await app.post('/fhir', bundleOf(patient, results));
    if (status !== 200) throw new Error(`${status} ${text}`);
  }

  async function levelsOf(patient: fhir4.Patient): Promise<fhir4.RiskAssessment[]> {
    return app.search<fhir4.RiskAssessment>('RiskAssessment', {
      'patient.identifier': `${MRN}|${mrnOf(patient)}`,
    });
  }

  async function levelOf(patient: fhir4.Patient): Promise<{ code: string; text: string }> {
    const [level] = await levelsOf(patient);
    const risk = level!.prediction![0]!.qualitativeRisk!;
    return { code: risk.coding![0]!.code!, text: risk.text! };
  }

  it.each<[string, Partial<Record<Measure, number | string | null>>, string, string]>([
    ['everything in order', {}, '5', '5'],
    ['a pressure of 150', { 'systolic-bp': 150 }, '3', '3'],
    ['a pressure of 180', { 'systolic-bp': 180 }, '1', '1'],
    ['a fasting glucose of 6.5', { 'glucose-fasting': 6.5 }, '4', '4'],
    ['no blood pressure', { 'systolic-bp': null, 'diastolic-bp': null }, 'unknown', '1–5'],
    ['no fasting glucose, a pressure of 150', { 'systolic-bp': 150, 'glucose-fasting': null }, '3', '1–3'],
  ])('%s', async (_, but, code, text) => {
    const patient = person();
    await send(patient, checkup(but));
    expect(await levelOf(patient)).toEqual({ code, text });
  });

  it('is served with what it rests on, updated in place, earlier ones by _history', async () => {
    const patient = person();
    await send(patient, checkup({ 'systolic-bp': 150 }, 30));
    await send(patient, checkup({ 'systolic-bp': 134 }));
    const [level, ...others] = await levelsOf(patient);
    expect(others).toEqual([]);
    expect(level).toMatchObject({
      resourceType: 'RiskAssessment',
      status: 'final',
      meta: { versionId: '2' },
      prediction: [
        { qualitativeRisk: { coding: [{ system: 'urn:firstcall:risk-level', code: '4' }], text: '4' } },
      ],
    });
    expect(level!.basis![0]!.reference).toMatch(/^Observation\//);
    const history = await app.get<fhir4.Bundle>(`/fhir/RiskAssessment/${level!.id}/_history`);
    const codes = history.body.entry!.map(
      ({ resource }) => (resource as fhir4.RiskAssessment).prediction![0]!.qualitativeRisk!.text,
    );
    expect(codes).toEqual(['4', '3']);
    const first = await app.get<fhir4.RiskAssessment>(`/fhir/RiskAssessment/${level!.id}/_history/1`);
    expect(first.body.prediction![0]!.qualitativeRisk!.text).toBe('3');
    expect((await app.get(`/fhir/RiskAssessment/${level!.id}/_history/9`)).status).toBe(404);
  });

  it('an earlier result that comes late changes nothing; a withdrawal brings the one before back', async () => {
    const patient = person();
    const [pressure, ...rest] = checkup({ 'systolic-bp': 165 });
    await send(patient, [pressure!, ...rest]);
    await send(patient, checkup({ 'systolic-bp': 150 }, 40));
    expect(await levelOf(patient)).toEqual({ code: '2', text: '2' });
    await send(patient, [{ ...pressure!, status: 'entered-in-error' }]);
    expect(await levelOf(patient)).toEqual({ code: '3', text: '3' });
  });

  it('a slip of the year hides nothing that is measured since', async () => {
    const patient = person();
    const slip = { effectiveDateTime: '2062-03-02T08:00:00+08:00', issued: undefined };
    await send(
      patient,
      checkup().map((one) => ({ ...one, ...slip })),
    );
    expect(await levelOf(patient)).toEqual({ code: '5', text: '5' });
    const then = app.clock.now();
    app.clock.advance({ days: 2 });
    await send(patient, checkup({ hb: 85 }, -2));
    expect(await levelOf(patient)).toEqual({ code: '2', text: '2' });
    expect(await reconcile(app)).toEqual([]);
    app.clock.set(then);
  });

  describe('of two results of one moment', () => {
    const numbered = (value: string) => ({ identifier: [{ system: ORDER, value }] });
    const measured = (code: string, value: number, unit: string, identifier: string) =>
      result({ code: loinc(code), valueQuantity: quantity(value, unit), ...numbered(identifier) });
    const ways = [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const;

    /** What comes of a pair, whichever of the two comes first and has the first number. */
    async function eachWay(pair: (first: string, second: string) => fhir4.Observation[], but: Values) {
      const levels = [];
      for (const [isFirstNumbered, isFirstSent] of ways) {
        const patient = person();
        const [a, b] = [unique('pair-A'), unique('pair-B')];
        const [one, two] = isFirstNumbered ? pair(a, b) : pair(b, a);
        await send(patient, [...checkup(but), isFirstSent ? one! : two!]);
        await send(patient, [isFirstSent ? two! : one!]);
        levels.push((await levelOf(patient)).text);
      }
      expect(await reconcile(app)).toEqual([]);
      return levels;
    }

    it('the graver one decides, in whatever order they come and are numbered', async () => {
      const pressures = (one: string, two: string) => [
        measured('8480-6', 184, 'mm[Hg]', one),
        measured('8480-6', 118, 'mm[Hg]', two),
      ];
      expect(await eachWay(pressures, { 'systolic-bp': null })).toEqual(['1', '1', '1', '1']);
    });

    it('the graver one decides where a finding stands on it, or a value is computed from it', async () => {
      const haemoglobins = (one: string, two: string) => [
        measured('718-7', 132, 'g/L', one),
        measured('718-7', 55, 'g/L', two),
      ];
      expect(await eachWay(haemoglobins, { hb: null })).toEqual(['1', '1', '1', '1']);
      const height = measured('8302-2', 160, 'cm', unique('height'));
      const weights = (one: string, two: string) => [
        measured('29463-7', 57, 'kg', one),
        measured('29463-7', 97, 'kg', two),
      ];
      const withHeight = (one: string, two: string) =>
        weights(one, two).map((weight) => ({ ...weight, effectiveDateTime: height.effectiveDateTime }));
      const levels = [];
      for (const name of ['0-height', 'pair-Az-height', 'z-height']) {
        const patient = person();
        const own = { ...height, ...numbered(unique(name)) };
        const [light, heavy] = withHeight(unique('pair-A'), unique('pair-B'));
        await send(patient, [...checkup({ bmi: null }), light!, heavy!, own]);
        const other = person();
        await send(other, [...checkup({ bmi: null })]);
        const again = withHeight(unique('pair-B'), unique('pair-A'));
        for (const one of [again[1]!, { ...height, ...numbered(unique(name)) }, again[0]!])
          await send(other, [one]);
        levels.push((await levelOf(patient)).text, (await levelOf(other)).text);
      }
      expect(levels).toEqual(Array(6).fill('2'));
      expect(await reconcile(app)).toEqual([]);
    });

    it('the one that was issued later counts, graver or not', async () => {
      const pressures = (one: string, two: string) => [
        { ...measured('8480-6', 184, 'mm[Hg]', one), issued: daysBefore(0, -60_000) },
        measured('8480-6', 118, 'mm[Hg]', two),
      ];
      expect(await eachWay(pressures, { 'systolic-bp': null })).toEqual(['5', '5', '5', '5']);
    });
  });

  it('follows findings that ring: class A is level 1', async () => {
    const patient = person();
    await send(patient, [...checkup({ hb: null }), observation({ hb: 55 })]);
    expect(await levelOf(patient)).toEqual({ code: '1', text: '1' });
  });

  it.each([
    ['male', '宫颈', '前列腺'],
    ['female', '前列腺', '宫颈'],
  ] as const)('tells somebody %s nothing of the %s', async (gender, others, own) => {
    const patient = person(undefined, { gender });
    await send(patient, checkup({ creatinine: null }));
    const [level] = await levelsOf(patient);
    const notes = level!.note!.map(({ text }) => text).join();
    expect(notes).toContain(own);
    expect(notes).not.toContain(others);
  });

  it('follows the history that records tell', async () => {
    const patient = person();
    await send(patient, checkup({ 'glucose-fasting': 6.5 }));
    expect((await levelOf(patient)).code).toBe('4');
    await app.post('/fhir', resultsOnly([condition('dm', mrnOf(patient), { recordedDate: daysBefore(-1) })]));
    expect((await levelOf(patient)).code).toBe('5');
  });

  it('is not 5 where something cannot be judged, and the note says what would settle it', async () => {
    const notesOf = async (patient: fhir4.Patient): Promise<string[]> =>
      (await levelsOf(patient))[0]!.note!.map(({ text }) => text);
    const patient = person();
    const image = result({ code: { text: '乳腺超声' }, valueString: '乳腺致密，BI-RADS 0类' });
    await send(patient, [...checkup(), image]);
    expect(await levelOf(patient)).toEqual({ code: 'unknown', text: '1–5' });
    expect((await notesOf(patient)).join('\n')).toMatch(/乳腺：.*请一个月内按报告建议补做检查/);
    const known = person();
    await send(known, checkup());
    await app.post('/fhir', resultsOnly([condition('ca', mrnOf(known), { code: 'C50.9' })]));
    expect(await levelOf(known)).toEqual({ code: 'unknown', text: '1–5' });
    expect((await notesOf(known)).join('\n')).toMatch(/恶性肿瘤病史：.*等级由医生评定/);
  });

  it('somebody without any result is not known yet; so is a child', async () => {
    const [patient, child] = [person(), person(undefined, { birthDate: '2015-01-01' })];
    await send(patient, []);
    expect(await levelOf(patient)).toEqual({ code: 'unknown', text: '1–5' });
    await send(child, checkup({ 'systolic-bp': 190 }));
    expect((await levelOf(child)).code).toBe('unknown');
  });

  it('a test ordered in this checkup and not yet in widens the range until it is', async () => {
    const patient = person();
    const order: fhir4.ServiceRequest = {
      resourceType: 'ServiceRequest',
      identifier: [{ system: 'urn:test:requests', value: `${mrnOf(patient)}-alt` }],
      status: 'active',
      intent: 'order',
      subject: {},
      authoredOn: daysBefore(1),
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
    };
    await send(patient, [...checkup(), { ...order, ...about(mrnOf(patient)) }]);
    expect(await levelOf(patient)).toEqual({ code: '5', text: '2–5' });
    const hba1c = { code: order.code!, valueQuantity: quantity(5.2, '%') };
    await send(patient, [result({ ...hba1c, ...about(mrnOf(patient)) })]);
    expect(await levelOf(patient)).toEqual({ code: '5', text: '5' });
  });

  it('tells what the risk models say, and what they would need', async () => {
    const patient = person(undefined, { gender: 'male', birthDate: '1966-01-15' });
    const said = (text: string, valueString: string) => result({ code: { text }, valueString });
    const results = [
      ...checkup({ 'systolic-bp': 130, 'cholesterol-total': 5.439, 'hdl-c': 1.4245 }),
      result({ code: loinc('8280-0'), valueQuantity: quantity(80, 'cm') }),
      said('居住地区', '北方'),
      said('城乡', '城市'),
    ];
    await send(patient, [...results, condition('dm', mrnOf(patient))]);
    const [without] = await levelsOf(patient);
    expect(without!.note!.map(({ text }) => text).join()).toMatch(/China-PAR\)未计算：缺吸烟状态/);
    await send(patient, [said('吸烟状态', '从不吸烟')]);
    const [level] = await levelsOf(patient);
    // The paper's own example (domain notes 06 §1, V1): 11.0 %.
    expect(level!.prediction).toContainEqual(
      expect.objectContaining({
        outcome: expect.objectContaining({ text: expect.stringContaining('China-PAR') as string }) as object,
        probabilityDecimal: 11,
      }),
    );
    expect(level!.prediction![0]!.qualitativeRisk!.coding![0]!.system).toBe('urn:firstcall:risk-level');
  });

  it.each([
    ['lost', 'DELETE FROM assessment', 'missing-level'],
    ['raised', `UPDATE assessment SET code = '5', range_text = '5' WHERE code = '1'`, 'wrong-level'],
    ['given another reason', `UPDATE assessment SET content = REPLACE(content, '150', '151')`, 'wrong-level'],
  ])('the second witness agrees, and sees a level that was %s', async (_, sql, kind) => {
    expect(await reconcile(app)).toEqual([]);
    const database = app.nest.get(DataSource);
    await database.query('CREATE TABLE kept_assessment AS SELECT * FROM assessment');
    await database.query(sql);
    const kinds = new Set((await reconcile(app)).map((difference) => difference.kind));
    await database.query('DELETE FROM assessment');
    await database.query('INSERT INTO assessment SELECT * FROM kept_assessment');
    await database.query('DROP TABLE kept_assessment');
    expect([...kinds]).toEqual([kind]);
  });
});
