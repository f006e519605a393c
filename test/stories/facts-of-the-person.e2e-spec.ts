import { type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  daysBefore,
  loinc,
  minutesAfter,
  mrnOf,
  observation,
  person,
  result,
  unique,
} from '../support/messages.js';
import { reconcile, seen } from '../support/queue.js';
import { anticoagulant, condition, encounter, familyHistory } from '../support/records.js';
import { AppOverTime, hb } from '../support/rules-over-time.js';

/** Rules ask a person's records: history, family, medication, care setting, pregnancy, whenever these come. */
describe('facts of the person', () => {
  let service: AppOverTime;
  let app: TestApp;
  beforeAll(async () => {
    service = await AppOverTime.start();
    app = service.app;
  });
  afterAll(() => service.close());
  afterEach(async () => {
    expect(await reconcile(app)).toEqual([]);
  });

  const send = (...resources: fhir4.FhirResource[]) => service.send(...resources);
  const found = (mrn: string) => service.found(mrn);
  const newPerson = () => service.newPerson();

  describe('history', () => {
    it('that comes after the result adds and retracts; a suspected diagnosis says nothing', async () => {
      const mrn = await newPerson();
      await send(hb(mrn, 120, 0));
      // Not known: what calls takes the stricter side.
      expect(await found(mrn)).toContain('hb-in-diabetes');
      const said = (verification: string, minutes: number, more: Partial<fhir4.Condition> = {}) =>
        condition('c', mrn, {
          verification,
          meta: { lastUpdated: minutesAfter(minutes) },
          ...more,
        } as object);
      await send(said('refuted', 1));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
      await send(said('provisional', 2));
      expect(await found(mrn)).toContain('hb-in-diabetes');
      await send(said('refuted', 3));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
      await send(said('entered-in-error', 4));
      expect(await found(mrn)).toContain('hb-in-diabetes');
      // A version that was overtaken before it came changes nothing.
      await send(said('refuted', 3));
      expect(await found(mrn)).toContain('hb-in-diabetes');
    });

    it('counts for every result unless it began after the result’s day', async () => {
      const mrn = await newPerson();
      await send(hb(mrn, 120, 0));
      await send(condition('c', mrn, { verification: 'refuted', recordedDate: '2026-03-02' }));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
      await send(
        condition('c', mrn, {
          verification: 'refuted',
          recordedDate: '2026-03-03',
          meta: { lastUpdated: minutesAfter(1) },
        }),
      );
      expect(await found(mrn)).toContain('hb-in-diabetes');
      await send(
        condition('c', mrn, {
          verification: 'refuted',
          onsetDateTime: '2020',
          recordedDate: '2026-03-03',
          meta: { lastUpdated: minutesAfter(2) },
        }),
      );
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
    });

    it('of a person who is not known yet waits with their results', async () => {
      const mrn = unique('W');
      await send(condition('c', mrn, { verification: 'refuted' }), hb(mrn, 120, 0));
      await send(person(mrn));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
      // Sent again, now that the person is known: still one record, which a correction reaches.
      await send(condition('c', mrn, { verification: 'confirmed', meta: { lastUpdated: minutesAfter(1) } }));
      expect(await found(mrn)).toContain('hb-in-diabetes');
    });

    it('of a record that waited alone reaches the results that come with the person', async () => {
      const mrn = unique('W');
      await send(condition('c', mrn, { verification: 'refuted' }));
      await send(person(mrn), hb(mrn, 120, 0));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
    });

    it.each([
      ['the id of its feed', {}],
      ['a business identifier', { identifier: [{ system: 'urn:emr:condition', value: unique('C') }] }],
    ])(
      'of a record with %s that waited, corrected by the message that brings its person',
      async (_, known) => {
        const mrn = unique('W');
        const said = (verification: string, minutes: number) =>
          condition('c', mrn, { verification, meta: { lastUpdated: minutesAfter(minutes) }, ...known });
        await send(said('refuted', 0));
        await send(person(mrn), hb(mrn, 120, 0), said('confirmed', 1));
        expect(await found(mrn)).toContain('hb-in-diabetes');
        await send(said('refuted', 2));
        expect(await found(mrn)).not.toContain('hb-in-diabetes');
      },
    );

    it('and results come with a new person in one message', async () => {
      const patient = person();
      const mrn = mrnOf(patient);
      await send(patient, hb(mrn, 120, 0), condition('c', mrn, { verification: 'refuted' }));
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
    });

    it('is the other person’s after a merge', async () => {
      const [one, other] = [await newPerson(), await newPerson()];
      await send(hb(one, 120, 0), condition('c', other, { verification: 'refuted' }));
      expect(await found(one)).toContain('hb-in-diabetes');
      await send(person(other, { link: [{ type: 'replaced-by', other: about(one).subject }] }));
      expect(await found(one)).not.toContain('hb-in-diabetes');
      await send(condition('c', one, { verification: 'confirmed', meta: { lastUpdated: minutesAfter(1) } }));
      expect(await found(one)).toContain('hb-in-diabetes');
    });

    it('that is said in words, or denied in them, is understood', async () => {
      const mrn = await newPerson();
      await send(hb(mrn, 120, 0), { ...condition('c', mrn), code: { text: '否认糖尿病史' } });
      expect(await found(mrn)).not.toContain('hb-in-diabetes');
    });
  });

  const plt = (mrn: string, days = 0) =>
    observation({ plt: 399 }, { ...about(mrn), effectiveDateTime: daysBefore(days) });

  it('medication counts while it is taken', async () => {
    const mrn = await newPerson();
    await send(plt(mrn, 20));
    const taken = (more: Partial<fhir4.MedicationStatement>, minutes: number) =>
      send(anticoagulant('m', mrn, { meta: { lastUpdated: minutesAfter(minutes) }, ...more }));
    expect(await found(mrn)).toContain('plt-without-anticoagulant');
    await taken({ effectivePeriod: { start: daysBefore(30).slice(0, 10) } }, 1);
    expect(await found(mrn)).not.toContain('plt-without-anticoagulant');
    await taken({ effectivePeriod: { start: daysBefore(10).slice(0, 10) } }, 2);
    expect(await found(mrn)).toContain('plt-without-anticoagulant');
    await taken({ status: 'completed', effectivePeriod: { start: daysBefore(30), end: daysBefore(15) } }, 3);
    expect(await found(mrn)).not.toContain('plt-without-anticoagulant');
    await taken({ status: 'completed', effectivePeriod: { start: daysBefore(30), end: daysBefore(25) } }, 4);
    expect(await found(mrn)).toContain('plt-without-anticoagulant');
    await taken({ status: 'not-taken' }, 5);
    expect(await found(mrn)).toContain('plt-without-anticoagulant');
  });

  it('a relative’s condition is family history, and not the person’s own', async () => {
    const mrn = await newPerson();
    await send(observation({ wbc: 5 }, about(mrn)));
    await send(familyHistory('f', mrn));
    expect(await found(mrn)).not.toContain('wbc-in-family');
    await send(
      familyHistory('f', mrn, { status: 'entered-in-error', meta: { lastUpdated: minutesAfter(1) } }),
    );
    expect(await found(mrn)).toContain('wbc-in-family');
  });

  describe('the care setting', () => {
    const ck = (mrn: string, encounter: fhir4.Reference) =>
      observation({ ck: 150 }, { ...about(mrn), encounter });
    const checkup = { class: { code: 'AMB' }, type: [{ text: '健康体检' }] };

    it('is that of the encounter, whenever it comes, and as it is corrected', async () => {
      const mrn = await newPerson();
      const id = unique('e');
      await send(ck(mrn, { reference: `Encounter/${id}` }));
      expect(await found(mrn)).toContain('ck-of-inpatients');
      await send(encounter(id, mrn, checkup));
      expect(await found(mrn)).not.toContain('ck-of-inpatients');
      await send(encounter(id, mrn, { meta: { lastUpdated: minutesAfter(1) } }));
      expect(await found(mrn)).toContain('ck-of-inpatients');
    });

    it.each<
      [string, (id: string) => { reference: fhir4.Reference; identifier?: fhir4.Identifier[]; id?: string }]
    >([
      [
        'by checkup number',
        (id) => ({
          reference: { identifier: { system: 'urn:test:checkup', value: id } },
          identifier: [{ system: 'urn:test:checkup', value: id }],
        }),
      ],
      [
        'by a conditional reference',
        (id) => ({
          reference: { reference: `Encounter?identifier=urn:test:checkup|${id}` },
          identifier: [{ system: 'urn:test:checkup', value: id }],
        }),
      ],
      ['by id', (id) => ({ reference: { reference: `Encounter/${id}` }, id })],
    ])('is found %s', async (_, named) => {
      const mrn = await newPerson();
      const { reference, ...known } = named(unique('e'));
      await send({ ...encounter('', mrn, checkup), id: undefined, ...known });
      await send(ck(mrn, reference));
      expect(await found(mrn)).not.toContain('ck-of-inpatients');
    });

    it('of an encounter in the same bundle, with a number or without any name', async () => {
      for (const identifier of [[{ system: 'urn:test:checkup', value: unique('n') }], undefined]) {
        const patient = person();
        const bundle = bundleOf(patient, [
          { ...encounter('', mrnOf(patient), checkup), id: undefined, identifier },
          observation({ ck: 150 }),
        ]);
        (bundle.entry![2]!.resource as fhir4.Observation).encounter = {
          reference: bundle.entry![1]!.fullUrl,
        };
        expect((await app.post('/fhir', bundle)).status).toBe(200);
        expect(await found(mrnOf(patient))).not.toContain('ck-of-inpatients');
      }
    });
  });

  it('pregnancy is what the same day’s status says', async () => {
    const mrn = await newPerson();
    const status = (code: string, days: number) =>
      result({
        ...about(mrn),
        code: loinc('82810-3'),
        effectiveDateTime: daysBefore(days, -3_600_000),
        valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code }] },
      });
    await send(hb(mrn, 105, 0));
    expect(await found(mrn)).toContain('hb-in-pregnancy');
    await send(status('60001007', 30));
    expect(await found(mrn)).toContain('hb-in-pregnancy');
    await send(status('60001007', 0));
    expect(await found(mrn)).not.toContain('hb-in-pregnancy');
    const { all } = await seen(app, mrn);
    expect(all.findings.map(({ detail }) => detail).join()).not.toContain('妊娠');
  });
});
