import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  minutesAfter,
  MRN,
  mrnOf,
  observation,
  person,
  resultsOnly,
} from '../support/messages.js';
import { openTasks, reconcile, seen, tell } from '../support/queue.js';

describe('a record replaced by another', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  async function send(patient: fhir4.Patient, ...results: fhir4.FhirResource[]) {
    const answer = await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, results));
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  }
  const patients = (mrn: string) => app.search<fhir4.Patient>('Patient', { identifier: `${MRN}|${mrn}` });
  const update = (patient: fhir4.Patient) => app.post<fhir4.Patient>('/fhir/Patient', patient);
  const low = (more: Partial<fhir4.Observation> = {}) => observation({ wbc: 2.5 }, more);
  const replacedBy = (patient: fhir4.Patient, other: fhir4.Patient): fhir4.Patient => ({
    ...patient,
    link: [{ other: { identifier: other.identifier![0]! }, type: 'replaced-by' }],
  });

  it('its results, findings and open call become the other’s; one call is open', async () => {
    const [old, kept] = [person(), person()];
    await send(old, low());
    await send(kept, observation({ hb: 60 }));
    expect((await update(replacedBy(old, kept))).status).toBe(200);
    const after = await seen(app, mrnOf(kept));
    expect(after.findings).toEqual(['hb-low', 'wbc-low']);
    expect(openTasks(after)).toBe('notify');
    expect(after.notify[0]!.input).toHaveLength(2);
    const open = (await app.search<fhir4.Task>('Task', { status: 'requested' })).filter((task) =>
      task.input?.some(({ valueReference }) =>
        after.all.findings.some(({ id }) => valueReference!.reference === `DetectedIssue/${id}`),
      ),
    );
    expect(open).toHaveLength(1);
  });

  it('what the person was told stays told', async () => {
    const [old, kept] = [person(), person()];
    await send(old, low());
    await tell(app, (await seen(app, mrnOf(old))).notify[0]!);
    await send(kept);
    await update(replacedBy(old, kept));
    expect(await seen(app, mrnOf(kept))).toMatchObject({
      findings: ['wbc-low'],
      notify: [],
      correction: [],
    });
  });

  it('results sent to the old identifier afterwards ring under the other', async () => {
    const [old, kept] = [person(), person()];
    await send(old);
    await send(kept);
    await update(replacedBy(old, kept));
    await app.post('/fhir', resultsOnly([{ ...low(), ...about(mrnOf(old)) }]));
    await send(person(mrnOf(old)), observation({ hb: 60 }));
    const after = await seen(app, mrnOf(kept));
    expect(after.findings).toEqual(['hb-low', 'wbc-low']);
    expect(openTasks(after)).toBe('notify');
  });

  it('the same message again, and old copies of the old record, change nothing of the other', async () => {
    const [old, kept] = [person(undefined, { gender: 'male', birthDate: '2015-05-05' }), person()];
    await send(old, low());
    await send(kept, observation({ hb: 60 }));
    for (let i = 0; i < 3; i++) expect((await update(replacedBy(old, kept))).status).toBe(200);
    const [shown] = await patients(mrnOf(kept));
    expect(shown).toMatchObject({ gender: 'female', birthDate: '1986-01-15' });
    expect((await seen(app, mrnOf(kept))).findings).toEqual(['hb-low', 'wbc-low']);
  });

  it('a chain of merges ends at the last, also for results about the first record’s own id', async () => {
    const [a, b, c] = [person(), person(), person()];
    const { body } = await update(a);
    await update(b);
    await update(c);
    await update(replacedBy(a, b));
    await update(replacedBy(b, c));
    await app.post('/fhir', resultsOnly([{ ...low(), subject: { reference: `Patient/${body.id}` } }]));
    expect(openTasks(await seen(app, mrnOf(c)))).toBe('notify');
  });

  it('replaces, said by the record that stays, does the same', async () => {
    const [old, kept] = [person(), person()];
    await send(old, low());
    await send(kept);
    await update({ ...kept, link: [{ other: { identifier: old.identifier![0]! }, type: 'replaces' }] });
    expect(openTasks(await seen(app, mrnOf(kept)))).toBe('notify');
  });

  it('two records that replace each other are never lost both', async () => {
    const [one, other] = [person(), person()];
    await send(one, low());
    await send(other, observation({ hb: 60 }));
    await app.post('/fhir', {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: replacedBy(one, other) }, { resource: replacedBy(other, one) }],
    });
    const found = [await seen(app, mrnOf(one)), await seen(app, mrnOf(other))];
    expect(new Set(found.flatMap(({ findings }) => findings))).toEqual(new Set(['hb-low', 'wbc-low']));
    expect(found.flatMap(({ notify }) => notify).length).toBeGreaterThan(0);
  });

  it('a result told under the wrong person of two who turn out to be one leaves one told finding', async () => {
    const [wrong, right] = [person(), person()];
    const one = low();
    await send(wrong, one);
    await tell(app, (await seen(app, mrnOf(wrong))).notify[0]!);
    await send(right, { ...one, status: 'corrected', issued: minutesAfter(1) });
    await update(replacedBy(wrong, right));
    const after = await seen(app, mrnOf(right));
    expect(after.findings).toEqual(['wbc-low']);
    expect(openTasks(after)).toBe('');
  });

  it('a replacement that is not known yet is followed when it arrives', async () => {
    const [old, kept] = [person(), person()];
    await send(old, low());
    expect((await update(replacedBy(old, kept))).status).toBe(200);
    expect(openTasks(await seen(app, mrnOf(old)))).toBe('notify');
    await send(kept);
    expect(openTasks(await seen(app, mrnOf(kept)))).toBe('notify');
  });

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
