import { DataSource } from 'typeorm';
import { PersonContactEntity } from '../../src/people/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  loinc,
  minutesAfter,
  MRN,
  mrnOf,
  observation,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { openTasks, reasonsOf, reconcile, rowCounts, seen } from '../support/queue.js';

const NATIONAL_ID = 'http://www.nhc.gov.cn/identity-card';

describe('people', () => {
  let app: TestApp;
  let rules: OwnRules;
  beforeAll(async () => {
    rules = ownRules();
    app = await startApp({ modules: [ReconcileModule], env: { RULES_DIR: rules.folder } });
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  async function send(patient: fhir4.Patient, ...results: fhir4.FhirResource[]) {
    const answer = await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, results));
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body.entry!.map(({ response }) => response!);
  }
  const patients = (mrn: string) =>
    app.search<fhir4.Patient>('Patient', { identifier: `${MRN}|${mrn}` }, { key: 'read-contact' });
  /** POST without condition, as a feed does that sends the person with every message. */
  const update = (patient: fhir4.Patient) => app.post<fhir4.Patient>('/fhir/Patient', patient);
  const low = (more: Partial<fhir4.Observation> = {}) => observation({ wbc: 2.5 }, more);
  const potassium = (value: number, more: Partial<fhir4.Observation> = {}) =>
    result({ code: loinc('2823-3'), valueQuantity: quantity(value, 'mmol/L'), ...more });

  describe('who is who', () => {
    it('a conditional create that matches changes nothing, not even the phones', async () => {
      const patient = person();
      await send(patient);
      const counts = await rowCounts(app);
      const [answer] = await send({
        ...patient,
        gender: 'male',
        name: [{ text: '别人' }],
        telecom: undefined,
      });
      expect(answer!.status).toBe('200 OK');
      const [kept] = await patients(mrnOf(patient));
      expect(kept).toMatchObject({ gender: 'female', name: [{ text: '测试客户' }] });
      expect(await rowCounts(app)).toEqual({ ...counts, message: counts.message + 1 });
    });

    it('a condition that matches nobody creates, or updates whom another identifier names', async () => {
      const [first, second] = [unique('A'), unique('B')];
      await send(person(first));
      const both: fhir4.Patient = person(second, {
        identifier: [
          { system: MRN, value: second },
          { system: MRN, value: first },
        ],
        gender: 'male',
      });
      await send(both);
      expect((await patients(first))[0]).toMatchObject({ gender: 'male' });
      expect((await patients(second)).map(({ id }) => id)).toEqual(
        (await patients(first)).map(({ id }) => id),
      );
      await app.post('/fhir', resultsOnly([{ ...low(), ...about(second) }]));
      expect(openTasks(await seen(app, first))).toBe('notify');
    });

    it('a second POST or PUT of the same identifier updates the same person', async () => {
      const patient = person();
      const created = await update(patient);
      expect(created.status).toBe(201);
      const updated = await update({ ...patient, birthDate: '1990-02-03' });
      expect(updated.status).toBe(200);
      expect(updated.body.id).toBe(created.body.id);
      const put = await app.http<fhir4.Patient>('PUT', `/fhir/Patient/${created.body.id}`, {
        ...patient,
        id: created.body.id,
        birthDate: '1991-02-03',
      });
      expect(put.status).toBe(200);
      const found = await patients(mrnOf(patient));
      expect(found.map(({ birthDate }) => birthDate)).toEqual(['1991-02-03']);
    });

    it('a record that leaves out sex or birth date does not take back what is known', async () => {
      const patient = person();
      await update(patient);
      await update({ resourceType: 'Patient', identifier: patient.identifier });
      await send(person(mrnOf(patient)), low({ effectiveDateTime: minutesAfter(0) }));
      expect((await seen(app, mrnOf(patient))).findings).toEqual(['wbc-low']);
    });

    it('phones are added, each once, and never dropped', async () => {
      const patient = person();
      const { body } = await update(patient);
      const phones = (...values: string[]) => values.map((value) => ({ system: 'phone' as const, value }));
      await update({ ...patient, telecom: phones('13911111111', '13911111111', '13800000000') });
      await update({ ...patient, telecom: undefined });
      await update({ ...patient, telecom: phones('13922222222') });
      const kept = await app.nest.get(DataSource).manager.findBy(PersonContactEntity, { personId: body.id! });
      expect(kept).toHaveLength(3);
    });

    it.each([
      ['zeros', MRN, '00000000'],
      ['one digit repeated', MRN, '11111111'],
      ['a word for nothing', MRN, '不详'],
      ['an identity number with a wrong check digit', NATIONAL_ID, '110105194912310021'],
      ['a repeated identity number', NATIONAL_ID, '111111111111111111'],
    ])('a placeholder never matches: %s', async (_, system, value) => {
      const ids = new Set<string | undefined>();
      for (let i = 0; i < 2; i++) {
        const [answer] = await send({
          resourceType: 'Patient',
          identifier: [{ system, value }],
          name: [{ text: `某人${i}` }],
        });
        ids.add(answer!.location?.split('/')[1]);
      }
      expect(ids.size).toBe(2);
    });

    it('an identity number with the right check digit matches', async () => {
      const identifier = [{ system: NATIONAL_ID, value: '11010519491231002X' }];
      const one = await update({ resourceType: 'Patient', identifier, name: [{ text: '甲' }] });
      const two = await update({ resourceType: 'Patient', identifier, name: [{ text: '乙' }] });
      expect(two.body.id).toBe(one.body.id);
    });

    it('name and birth date never match', async () => {
      const [one, other] = [person(), person()];
      await send(one, low());
      await send(other);
      expect(openTasks(await seen(app, mrnOf(other)))).toBe('');
      expect((await patients(mrnOf(one)))[0]!.id).not.toBe((await patients(mrnOf(other)))[0]!.id);
    });

    it('a record that matches two persons is refused, names the element, and nothing of its message is stored', async () => {
      const [one, other] = [person(), person()];
      await send(one);
      await send(other);
      const counts = await rowCounts(app);
      const both = { ...person(), identifier: [...one.identifier!, ...other.identifier!] };
      const bundle = bundleOf(both, [low()]);
      delete bundle.entry![0]!.request!.ifNoneExist;
      const { status, body } = await app.post<fhir4.OperationOutcome>('/fhir', bundle);
      expect(status).toBe(412);
      expect(body.issue[0]).toMatchObject({
        severity: 'error',
        code: 'multiple-matches',
        expression: ['Bundle.entry[0].resource'],
      });
      expect(await rowCounts(app)).toEqual(counts);
    });
  });

  describe('a person who is not known yet', () => {
    it('their results wait, are answered 201, and what would fire goes to review; when they arrive it rings', async () => {
      const mrn = unique('unknown');
      const { status, body } = await app.post<fhir4.Bundle>(
        '/fhir',
        resultsOnly([
          { ...low(), ...about(mrn) },
          { ...observation({ hb: 140 }), ...about(mrn) },
        ]),
      );
      expect(status).toBe(200);
      expect(body.entry!.map(({ response }) => response!.status)).toEqual(['201 Created', '201 Created']);
      const before = await app.search<fhir4.Task>('Task', { status: 'requested', code: 'review' });
      expect(before.filter((task) => task.for === undefined)).toHaveLength(1);
      await send(person(mrn));
      const found = await seen(app, mrn);
      expect(found.findings).toEqual(['wbc-low']);
      expect(openTasks(found)).toBe('notify');
      expect(await reasonsOf(app, mrn)).toEqual([]);
      const left = await app.search<fhir4.Task>('Task', { status: 'requested', code: 'review' });
      expect(left.filter((task) => task.for === undefined)).toHaveLength(0);
    });

    it('a result about Patient/ID of its feed waits for that feed’s Patient', async () => {
      const id = unique('pat');
      await app.post('/fhir', resultsOnly([{ ...low(), subject: { reference: `Patient/${id}` } }]));
      const patient = person(undefined, { id });
      const { status } = await app.http('PUT', `/fhir/Patient/${id}`, patient, { key: 'feed' });
      expect(status).toBe(201);
      expect(openTasks(await seen(app, mrnOf(patient)))).toBe('notify');
    });

    it('a result with a reference and an identifier is found by either', async () => {
      const mrn = unique('either');
      const subject = { reference: `Patient/${unique('nowhere')}`, identifier: { system: MRN, value: mrn } };
      await app.post('/fhir', resultsOnly([{ ...low(), subject }]));
      await send(person(mrn));
      expect(openTasks(await seen(app, mrn))).toBe('notify');
    });

    it('a result without subject is kept, counted and reviewed', async () => {
      const answer = await app.post<fhir4.Observation>('/fhir/Observation', low());
      expect(answer.status).toBe(201);
      const tasks = await app.search<fhir4.Task>('Task', { code: 'review', status: 'requested' });
      const about = tasks.flatMap(({ input = [] }) => input.map((one) => one.valueReference!.reference));
      expect(about).toContain(`Observation/${answer.body.id}`);
    });

    it('a correction of a waiting result is followed too', async () => {
      const mrn = unique('waiting');
      const one = low();
      await app.post('/fhir', resultsOnly([{ ...one, ...about(mrn) }]));
      const normal = { ...observation({ wbc: 6 }), identifier: one.identifier, issued: minutesAfter(1) };
      await app.post('/fhir', resultsOnly([{ ...normal, ...about(mrn) }]));
      await send(person(mrn));
      expect(await seen(app, mrn)).toMatchObject({ findings: [], notify: [], review: [] });
    });
  });

  describe('the dead, and children', () => {
    it('nobody calls the dead: what is important goes to the duty doctor', async () => {
      const patient = person(undefined, { deceasedDateTime: '2026-02-28' });
      await send(patient, low());
      expect(openTasks(await seen(app, mrnOf(patient)))).toBe('review');
    });

    it('an open call of a person who died meanwhile goes to the doctor, and back when that was an error', async () => {
      const patient = person();
      await send(patient, low());
      await update({ ...patient, deceasedBoolean: true });
      expect(openTasks(await seen(app, mrnOf(patient)))).toBe('review');
      await update({ ...patient, deceasedBoolean: false });
      expect(openTasks(await seen(app, mrnOf(patient)))).toBe('notify');
    });

    it.each([
      // 18 on 2 March 2026 in Shanghai, where the day began at 16:00 UTC of the day before.
      ['the last second of 17', '2026-03-01T15:59:59Z', ''],
      ['the first second of 18', '2026-03-01T16:00:00Z', 'notify'],
    ])('adult limits hold from the 18th birthday in the centre: %s', async (_, at, expected) => {
      const patient = person(undefined, { birthDate: '2008-03-02' });
      await send(patient, low({ effectiveDateTime: at, issued: at }));
      const after = await seen(app, mrnOf(patient));
      expect(after.findings).toEqual(expected ? ['wbc-low'] : []);
      expect(openTasks(after)).toBe(expected);
    });

    it('beyond an adult class A limit a minor’s value goes to review', async () => {
      const patient = person(undefined, { birthDate: '2014-03-02' });
      await send(patient, potassium(7), low());
      const after = await seen(app, mrnOf(patient));
      expect(after.findings).toEqual([]);
      expect(openTasks(after)).toBe('review');
      expect(after.review[0]!.input).toHaveLength(1);
    });

    it('an unknown birth date counts as an adult’s; when it becomes known the call follows', async () => {
      const patient = person(undefined, { birthDate: undefined });
      await send(patient, low());
      expect(openTasks(await seen(app, mrnOf(patient)))).toBe('notify');
      await update({ ...patient, birthDate: '2015-01-01' });
      expect(await seen(app, mrnOf(patient))).toMatchObject({ findings: [], notify: [] });
    });
  });

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
