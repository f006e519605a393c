import { TEST_NOW, type TestApp } from '../support/app.js';
import { Desk, hiv, potassium, RIGHT } from '../support/desk.js';
import { minutesAfter, observation, resultsOnly, quantity } from '../support/messages.js';
import { type Nurse } from '../support/nurses.js';
import { seen } from '../support/queue.js';

let desk: Desk;
let app: TestApp;
let wang: Nurse;
let li: Nurse;
beforeAll(async () => {
  desk = await Desk.open();
  ({ app, wang, li } = desk);
});
afterEach(() => app.clock.set(TEST_NOW));
afterAll(() => desk.close());

describe('a call', () => {
  it('is told with the right person, and the value read back', async () => {
    const { id, mrn } = await desk.called([potassium(6.83)]);
    await wang.act(id, 'claim');
    const told = await wang.call(id, {
      outcome: 'told',
      number: '138****4471',
      ...RIGHT,
      readBack: await desk.readBack(id, '6.8', 'mmol/L'),
      recheckAt: minutesAfter(24 * 60),
      note: '立即到急诊',
    });
    expect(told.body).toMatchObject({
      outcome: 'told',
      next: 'ask-what-became-of-it',
      task: { status: 'completed' },
    });
    expect(told.body.task.loops).toMatchObject([
      { state: 'awaiting', recheckAt: minutesAfter(24 * 60), due: minutesAfter(7 * 24 * 60) },
    ]);
    const { contacts } = await wang.history(id);
    expect(contacts).toMatchObject([
      { outcome: 'told', answeredBy: 'self', readBack: 'matched', number: '138****4471', note: '立即到急诊' },
    ]);
    expect((await seen(app, mrn)).notify).toEqual([]);
    const [shown, ...others] = await app.search<fhir4.Communication>('Communication', {
      'patient.identifier': `urn:test:mrn|${mrn}`,
      status: 'completed',
    });
    expect(others).toEqual([]);
    expect(shown).toMatchObject({
      basedOn: [{ reference: `Task/${id}` }],
      about: [{ reference: expect.stringMatching(/^DetectedIssue[/]/) as string }],
      statusReason: { text: 'told' },
      payload: [{ contentString: expect.stringContaining('6.83') as string }],
    });
    expect(JSON.stringify(shown)).not.toContain('4471');
    expect((await app.get(`/fhir/Communication/${shown!.id}`, { key: 'read' })).status).toBe(200);
  });

  it.each([
    ['another value', '8.6', 'mmol/L'],
    ['another unit', '6.8', 'g/L'],
    ['no unit', '6.8', undefined],
  ])('with %s read back stays open, and the right answer is not given away', async (_, value, unit) => {
    const { id, mrn } = await desk.called([potassium(6.8)]);
    await wang.act(id, 'claim');
    const { body } = await wang.call(id, {
      outcome: 'told',
      ...RIGHT,
      readBack: await desk.readBack(id, value, unit),
    });
    expect(body).toMatchObject({
      outcome: 'read-back-differs',
      next: 'go-on',
      task: { status: 'in-progress', life: { attempts: 1 } },
    });
    expect(body.differing.findings).toHaveLength(1);
    expect((await seen(app, mrn)).notify).toHaveLength(1);
    const again = await wang.call(id, {
      outcome: 'told',
      ...RIGHT,
      readBack: await desk.readBack(id, '6.8', 'mmol/L'),
    });
    expect(again.body.outcome).toBe('told');
  });

  it.each([
    ['one identifier', { name: '李建国' }],
    ['a wrong birthday', { name: '李建国', birthDate: '0315' }],
    ['another name', { name: '李建华', birthDate: '0314' }],
  ])('with %s tells nothing', async (_, heard) => {
    const { id, mrn } = await desk.called([potassium(6.8)]);
    await wang.act(id, 'claim');
    const call = {
      outcome: 'told',
      answeredBy: 'self',
      heard,
      readBack: await desk.readBack(id, '6.8', 'mmol/L'),
    };
    expect((await wang.call(id, call)).body).toMatchObject({ outcome: 'not-identified', next: 'go-on' });
    expect((await seen(app, mrn)).notify).toHaveLength(1);
    const check = await wang.post<{ isIdentified: boolean }>(`/api/tasks/${id}/identify`, heard);
    expect(check.body.isIdentified).toBe(false);
  });

  it('needs the claim, and every value repeated', async () => {
    const { id } = await desk.called([potassium(6.8), observation({ hb: 65 })]);
    const one = (await desk.readBack(id, '6.8', 'mmol/L')).slice(0, 1);
    expect((await wang.call(id, { outcome: 'told', ...RIGHT, readBack: one })).status).toBe(409);
    await wang.act(id, 'claim');
    expect(
      (await wang.call(id, { outcome: 'told', ...RIGHT, readBack: one })).body.differing.findings,
    ).toHaveLength(1);
    expect((await li.call(id, { outcome: 'no-answer' })).status).toBe(409);
  });

  it('that reaches nobody is made again when the policy says, and counted', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    await wang.act(id, 'claim');
    const { body } = await wang.call(id, { outcome: 'no-answer', number: '138****4471' });
    expect(body).toMatchObject({
      next: 'call-again',
      callAgainAt: minutesAfter(15),
      task: { status: 'on-hold', life: { claimedBy: null, attempts: 1, notBefore: minutesAfter(15) } },
    });
    expect(body.task.due).toBe(minutesAfter(120));
    await li.act(id, 'claim');
    expect((await li.call(id, { outcome: 'wrong-number', number: '138****4471' })).body.next).toBe(
      'find-a-number',
    );
    expect((await li.call(id, { outcome: 'no-answer', number: '139****0000' })).status).toBe(400);
  });

  it('sent again with its key is the same call', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    const { version } = (await wang.act(id, 'claim')).body;
    const call = { version, outcome: 'no-answer' };
    const first = await wang.call(id, call, { 'idempotency-key': 'a-1' });
    const again = await wang.call(id, call, { 'idempotency-key': 'a-1' });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toMatchObject({ outcome: 'no-answer', callAgainAt: first.body.callAgainAt });
    expect((await wang.task(id)).life.attempts).toBe(1);
    expect((await wang.history(id)).contacts).toHaveLength(1);
  });

  it('whose claim ended while the value was read back is saved once it is claimed again, and once', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    const { version } = (await wang.act(id, 'claim')).body;
    const call = { outcome: 'told', ...RIGHT, readBack: await desk.readBack(id, '6.8', 'mmol/L') };
    app.clock.advance({ minutes: 31 });
    const late = await wang.call(id, { ...call, version });
    expect(late).toMatchObject({ status: 409, body: { now: { refused: 'not-claimed', version } } });
    await li.act(id, 'claim');
    expect((await wang.call(id, { ...call, version })).status).toBe(409);
    expect((await wang.call(id, call)).body).toMatchObject({ now: { refused: 'not-yours' } });
    expect((await li.call(id, call)).body.outcome).toBe('told');
    expect((await wang.history(id)).contacts).toHaveLength(1);
    app.clock.advance({ minutes: -31 });
  });

  it('saved twice at once with one key is one call, and both are answered', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    const { version } = (await wang.act(id, 'claim')).body;
    const call = { version, outcome: 'told', ...RIGHT, readBack: await desk.readBack(id, '6.8', 'mmol/L') };
    const both = await Promise.all([1, 2, 3].map(() => wang.call(id, call, { 'idempotency-key': 'b-1' })));
    expect(both.map(({ status, body }) => [status, body.outcome])).toEqual(Array(3).fill([200, 'told']));
    expect((await wang.history(id)).contacts).toHaveLength(1);
  });

  it('of class A is put off by nobody’s wish beyond its due time, or by more than the time between calls once that is over', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    const putOff = async (minutes: number): Promise<[number, string | null]> => {
      await wang.act(id, 'claim');
      const at = new Date(app.clock.now().getTime() + minutes * 60_000).toISOString();
      const { status, body } = await wang.call(id, { outcome: 'call-back', until: at });
      return [status, body.callAgainAt === at ? 'then' : null];
    };
    expect(await putOff(121)).toEqual([400, null]);
    expect(await putOff(90)).toEqual([200, 'then']);
    app.clock.advance({ minutes: 130 });
    expect(await putOff(16)).toEqual([400, null]);
    expect(await putOff(15)).toEqual([200, 'then']);
    app.clock.advance({ minutes: -130 });
  });

  it('answered by others says nothing but “ring the centre”', async () => {
    const { id } = await desk.called([potassium(6.8)]);
    await wang.act(id, 'claim');
    const values = await desk.readBack(id, '6.8', 'mmol/L');
    for (const [answeredBy, hearing] of [['other', 'ring-the-centre'], ['relative', 'no-consent'], ['guardian', 'not-a-minor']]) {
      const told = await wang.call(id, { outcome: 'told', ...RIGHT, answeredBy, relativeName: '李敏', readBack: values });
      expect(told.status).toBe(409);
      expect((told.body as unknown as { now: object }).now).toMatchObject({ hearing });
    }
    expect((await wang.call(id, { outcome: 'other-answered', answeredBy: 'other' })).body.next).toBe('call-again');
  }); // prettier-ignore

  it('tells a relative with the person’s consent, but nothing sensitive; that stays to be told', async () => {
    const consent = (end: string): fhir4.FhirResource[] => {
      const patient = { identifier: { system: 'urn:test:mrn', value: mrn } };
      return [
        { resourceType: 'RelatedPerson', identifier: [{ system: 'urn:t', value: `${mrn}-r` }], patient, name: [{ text: '李敏' }] },
        { resourceType: 'Consent', identifier: [{ system: 'urn:t', value: `${mrn}-c` }], status: 'active', patient, scope: { text: '告知' }, category: [{ text: '告知' }], policyRule: { text: '知情同意' }, provision: { type: 'permit', period: { end }, actor: [{ role: { text: '女儿' }, reference: { display: '李敏' } }] } },
      ]; // prettier-ignore
    };
    const { id, mrn } = await desk.called([potassium(6.8), hiv()]);
    await wang.act(id, 'claim');
    const telling = async () => ({
      outcome: 'told',
      ...RIGHT,
      answeredBy: 'relative',
      relativeName: '李敏',
      readBack: await desk.readBack(id, '6.8', 'mmol/L'),
    });
    expect((await app.post('/fhir', resultsOnly(consent('2026-01-31')))).status).toBe(200);
    expect((await wang.call(id, await telling())).status).toBe(409);
    expect((await app.post('/fhir', resultsOnly(consent('2026-12-31')))).status).toBe(200);
    const told = await wang.call(id, await telling());
    expect(told.body).toMatchObject({ outcome: 'told', kept: [{ because: 'sensitive' }] });
    const { notify } = await seen(app, mrn);
    expect(notify).toHaveLength(1);
    const [left] = (await wang.task(notify[0]!.id!)).findings;
    expect(left).toMatchObject({ isConfidential: true, toldAt: null });
  });

  it('of a child tells the guardian alone', async () => {
    const guardian: fhir4.PatientContact = {
      relationship: [{ text: '母亲' }],
      telecom: [{ system: 'phone', value: '13900001111' }],
    };
    const { id } = await desk.called([potassium(7)], { birthDate: '2012-03-14', contact: [guardian] });
    await wang.act(id, 'claim');
    const values = await desk.readBack(id, '7', 'mmol/L');
    expect((await wang.call(id, { outcome: 'told', ...RIGHT, readBack: values })).status).toBe(409);
    expect(
      (await wang.call(id, { outcome: 'told', ...RIGHT, answeredBy: 'guardian', readBack: values })).body
        .outcome,
    ).toBe('told');
  });

  it('corrects what was told, old and new', async () => {
    const sent = observation({ hb: 65 });
    const { id, patient, mrn } = await desk.called([sent]);
    await wang.act(id, 'claim');
    await wang.call(id, { outcome: 'told', ...RIGHT, readBack: await desk.readBack(id, '65', 'g/L') });
    await desk.send(patient, [
      { ...sent, status: 'corrected', issued: minutesAfter(5), valueQuantity: quantity(150, 'g/L') },
    ]);
    const { correction } = await seen(app, mrn);
    const task = await wang.task(correction[0]!.id!);
    expect(task.findings[0]!.toldAs!.zh).toContain('65');
    expect(task.loops).toMatchObject([{ state: 'closed', outcome: 'withdrawn' }]);
    await wang.act(task.id, 'claim');
    const done = await wang.call(task.id, {
      outcome: 'told',
      ...RIGHT,
      readBack: await desk.readBack(task.id, '作废'),
    });
    expect(done.body).toMatchObject({ outcome: 'told', task: { status: 'completed' } });
  });
});
