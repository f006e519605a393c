import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import { bundleOf, mrnOf, observation, person, resultsOnly, about, unique } from '../support/messages.js';
import { openTasks, reconcile, rowCounts, seen } from '../support/queue.js';

describe('guarantee 2: same result, same effect', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  it('a bundle sent 20 times at once is stored once and gives one finding and one call', async () => {
    const patient = person();
    const bundle = bundleOf(patient, [observation({ wbc: 2.9 }), observation({ hb: 130 })]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => app.post<fhir4.Bundle>('/fhir', bundle)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200));
    const created = answers.filter(({ body }) => body.entry![1]!.response!.status.startsWith('201'));
    expect(created).toHaveLength(1);
    const locations = new Set(answers.map(({ body }) => body.entry![1]!.response!.location));
    expect(locations.size).toBe(1);
    const { findings, all, ...open } = await seen(app, mrnOf(patient));
    expect(findings).toEqual(['wbc-low']);
    expect(all.observations).toHaveLength(2);
    expect(all.tasks).toHaveLength(1);
    expect(open.notify).toHaveLength(1);
  });

  it('the same results of a person whom 12 bundles bring at once for the first time, each under its own urn:uuids', async () => {
    const patient = person();
    const results = [observation({ plt: 50 }), observation({ ck: 2001 })];
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => app.post('/fhir', bundleOf(patient, results))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(12).fill(200));
    const after = await seen(app, mrnOf(patient));
    expect(after.findings).toEqual(['ck-high', 'plt-low']);
    expect(after.all.observations).toHaveLength(2);
    expect(openTasks(after)).toBe('notify');
  });

  it('different results of one new person at once join one call', async () => {
    const patient = person();
    const values = [{ wbc: 1.1 }, { hb: 55 }, { plt: 40 }, { ck: 5000 }, { creatinine: 700 }, { rbc: 2 }];
    await Promise.all(values.map((value) => app.post('/fhir', bundleOf(patient, [observation(value)]))));
    const after = await seen(app, mrnOf(patient));
    expect(after.findings).toHaveLength(6);
    expect(after.all.tasks).toHaveLength(1);
    expect(after.notify[0]!.input).toHaveLength(6);
  });

  it('results without identifier or id are known by what they say', async () => {
    const patient = person();
    const result = observation({ wbc: 2.5 }, { identifier: undefined });
    await app.post('/fhir', bundleOf(patient, [result]));
    await app.post('/fhir', bundleOf(patient, [{ ...result, meta: { tag: [{ code: 'again' }] } }]));
    expect((await seen(app, mrnOf(patient))).all.observations).toHaveLength(1);
    await app.post(
      '/fhir',
      bundleOf(patient, [{ ...result, effectiveDateTime: '2026-03-01T08:00:00+08:00' }]),
    );
    expect((await seen(app, mrnOf(patient))).all.observations).toHaveLength(2);
  });

  it('the sender’s id names a result within its feed and person only', async () => {
    const [one, other] = [person(), person()];
    const result = observation({ wbc: 2.5 }, { identifier: undefined, id: unique('obs') });
    const send = async (patient: fhir4.Patient) =>
      (await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, [result]))).body.entry![1]!.response!.status;
    expect(await send(one)).toBe('201 Created');
    expect(await send(other)).toBe('201 Created');
    expect(await send(one)).toBe('200 OK');
    const elsewhere = await app.http<fhir4.Bundle>('POST', '/fhir', bundleOf(one, [result]), {
      key: 'admin',
    });
    expect(elsewhere.body.entry![1]!.response!.status).toBe('201 Created');
    expect((await seen(app, mrnOf(one))).all.observations).toHaveLength(2);
  });

  it('two entries of one bundle with different ids are two results, even with the same content', async () => {
    const patient = person();
    const result = observation({ wbc: 2.5 }, { identifier: undefined });
    await app.post(
      '/fhir',
      bundleOf(
        patient,
        [
          { ...result, id: 'a1' },
          { ...result, id: 'a2' },
        ],
        'collection',
      ),
    );
    const after = await seen(app, mrnOf(patient));
    expect(after.all.observations).toHaveLength(2);
    expect(openTasks(after)).toBe('notify');
  });

  it('results that share one order number and differ by id stay apart, together or alone, and are corrected alone', async () => {
    const patient = person();
    const identifier = [{ system: 'urn:test:accession', value: unique('A') }];
    const [wbc, hb] = [
      { ...observation({ wbc: 2.5 }), identifier, id: unique('w') },
      { ...observation({ hb: 80 }), identifier, id: unique('h') },
    ];
    await app.post('/fhir', bundleOf(patient, [wbc, hb], 'collection'));
    expect((await seen(app, mrnOf(patient))).findings).toEqual(['hb-low', 'wbc-low']);
    const again = await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, [wbc], 'collection'));
    expect(again.body.entry![1]!.response!.status).toBe('200 OK');
    const corrected = { ...observation({ wbc: 5 }), identifier, id: wbc.id, status: 'corrected' as const };
    await app.post('/fhir', bundleOf(patient, [corrected], 'collection'));
    const after = await seen(app, mrnOf(patient));
    expect(after.all.observations).toHaveLength(2);
    expect(after.findings).toEqual(['hb-low']);
  });

  it('a repeat writes nothing but the message itself', async () => {
    const patient = person();
    const results = [observation({ wbc: 2.9 }), observation({ hb: 80 })];
    await app.post('/fhir', bundleOf(patient, results));
    const before = await rowCounts(app);
    const task = (await seen(app, mrnOf(patient))).notify[0]!;
    for (let i = 0; i < 3; i++) {
      const answer = await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, results));
      expect(answer.body.entry!.map(({ response }) => response!.status)).toEqual([
        '200 OK',
        '200 OK',
        '200 OK',
      ]);
    }
    expect(await rowCounts(app)).toEqual({ ...before, message: before.message + 3 });
    expect((await seen(app, mrnOf(patient))).notify[0]!.meta).toEqual(task.meta);
  });

  it('a result of nobody yet, sent ten times at once, waits once', async () => {
    const mrn = unique('unseen');
    const bundle = resultsOnly([{ ...observation({ wbc: 2.2 }), ...about(mrn) }]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.post('/fhir', bundle)));
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    await app.post('/fhir', bundleOf(person(mrn), []));
    const after = await seen(app, mrn);
    expect(after.all.observations).toHaveLength(1);
    expect(openTasks(after)).toBe('notify');
  });

  it('a person and their result that come apart at the same moment find each other', async () => {
    const mrns = Array.from({ length: 60 }, () => unique('apart'));
    const answers = await Promise.all(
      mrns.flatMap((mrn) => [
        app.post('/fhir', resultsOnly([{ ...observation({ wbc: 2.2 }), ...about(mrn) }])),
        app.post('/fhir', bundleOf(person(mrn), [])),
      ]),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const mrn of mrns) expect([mrn, openTasks(await seen(app, mrn))]).toEqual([mrn, 'notify']);
  });

  it('long messages that bring the same new record at the same moment are all taken in whole', async () => {
    for (let round = 0; round < 4; round++) {
      const laboratory: fhir4.BundleEntry<fhir4.Organization> = {
        resource: {
          resourceType: 'Organization',
          identifier: [{ system: 'urn:test:lab', value: unique('lab') }],
        },
        request: { method: 'POST', url: 'Organization' },
      };
      const people = Array.from({ length: 6 }, () => person());
      const answers = await Promise.all(
        people.map((patient) => {
          const results = Array.from({ length: 110 }, (_, i) => observation({ wbc: i === 50 ? 2.2 : 5 }));
          const bundle = bundleOf(patient, results);
          bundle.entry!.push(laboratory);
          return app.post('/fhir', bundle);
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
      for (const patient of people) {
        const after = await seen(app, mrnOf(patient));
        expect(after.all.observations).toHaveLength(110);
        expect(openTasks(after)).toBe('notify');
      }
    }
  });

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
