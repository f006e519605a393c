import { DataSource } from 'typeorm';
import { FindingRepository } from '../../src/assessment/index.js';
import { ClinicalResourceRepository, ObservationRepository } from '../../src/people/index.js';
import { type TestApp } from '../support/app.js';
import { about, daysBefore, loinc, minutesAfter, mrnOf, observation, person } from '../support/messages.js';
import { reconcile, seen } from '../support/queue.js';
import { AppOverTime, hb } from '../support/rules-over-time.js';

/** Rules look back over time; in which order results were sent plays no part. */
describe('facts over time', () => {
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

  it('an older result that comes late is seen by the later one; its correction and its withdrawal too', async () => {
    const mrn = await newPerson();
    await send(hb(mrn, 100, 0));
    expect(await found(mrn)).not.toContain('hb-fall');
    const before = hb(mrn, 135, 30);
    await send(before);
    expect(await found(mrn)).toContain('hb-fall');
    const corrected = {
      status: 'corrected' as const,
      issued: minutesAfter(5),
      valueQuantity: { ...before.valueQuantity, value: 125 },
    };
    await send({ ...before, ...corrected });
    expect(await found(mrn)).not.toContain('hb-fall');
    await send({ ...before, issued: minutesAfter(10) });
    expect(await found(mrn)).toContain('hb-fall');
    await send({ ...before, status: 'entered-in-error', issued: minutesAfter(15) });
    expect(await found(mrn)).not.toContain('hb-fall');
  });

  it('a result that turns out to be another person’s is not seen by the first any more', async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    const before = hb(one, 135, 30);
    await send(before, hb(one, 100, 0), hb(other, 100, 0));
    expect([await found(one), await found(other)]).toEqual([
      expect.arrayContaining(['hb-fall']),
      expect.not.arrayContaining(['hb-fall']),
    ]);
    await send({ ...before, ...about(other), status: 'corrected', issued: minutesAfter(5) });
    expect([await found(one), await found(other)]).toEqual([
      expect.not.arrayContaining(['hb-fall']),
      expect.arrayContaining(['hb-fall']),
    ]);
  });

  it('a correction that moves a result in time, or makes it another test, is followed', async () => {
    const mrn = await newPerson();
    const before = hb(mrn, 135, 30);
    await send(hb(mrn, 100, 0), before);
    expect(await found(mrn)).toContain('hb-fall');
    await send({ ...before, effectiveDateTime: daysBefore(70), issued: minutesAfter(5) });
    expect(await found(mrn)).not.toContain('hb-fall');
    await send({ ...before, issued: minutesAfter(10) });
    expect(await found(mrn)).toContain('hb-fall');
    await send({
      ...before,
      code: loinc('777-3'),
      issued: minutesAfter(15),
      valueQuantity: { value: 135, code: '10*9/L', unit: '10*9/L', system: 'http://unitsofmeasure.org' },
    });
    expect(await found(mrn)).not.toContain('hb-fall');
  });

  it('the first ever is found once: what comes later is known before, in whatever order it was sent', async () => {
    const mrn = await newPerson();
    const ck = (days: number) =>
      observation({ ck: 2500 }, { ...about(mrn), effectiveDateTime: daysBefore(days) });
    await send(ck(0));
    await send(ck(10));
    await send(ck(5));
    const findings = (await seen(app, mrn)).all.findings.filter(
      ({ status }) => status !== 'entered-in-error',
    );
    const first = findings.filter((one) => one.code!.coding![0]!.code === 'test-over-time/ck-first');
    expect(first).toHaveLength(1);
    const [finding] = await app.nest
      .get(FindingRepository)
      .byIds(app.nest.get(DataSource).manager, [first[0]!.id!]);
    expect(finding!.evidence.at).toBe(daysBefore(10));
  });

  it('the evidence names every result looked at, and the issue the results that made it', async () => {
    const mrn = await newPerson();
    await send(hb(mrn, 100, 0), hb(mrn, 120, 10), hb(mrn, 135, 30), hb(mrn, 190, 90));
    const { all } = await seen(app, mrn);
    const issue = all.findings.find(
      (one) => one.code!.coding![0]!.code === 'test-over-time/hb-fall' && one.detail!.includes('100 g/L'),
    )!;
    expect(issue.detail).toContain('血红蛋白 100 g/L，60天内最高为135 g/L（30天前），下降 35，达到或超过 30');
    expect(issue.implicated).toHaveLength(3);
    const [finding] = await app.nest
      .get(FindingRepository)
      .byIds(app.nest.get(DataSource).manager, [issue.id!]);
    expect(finding!.evidence.leaves[0]!.looked!.map(({ asSent, source }) => [asSent, source.at])).toEqual([
      ['100 g/L', daysBefore(0)],
      ['120 g/L', daysBefore(10)],
      ['135 g/L', daysBefore(30)],
    ]);
  });

  describe('queries', () => {
    /** What is looked up for the rules while a message is taken in, watched as it happens. */
    async function readsDuring(work: () => Promise<void>): Promise<string[]> {
      const reads: string[] = [];
      const anywhere = { strict: false };
      const watched = [
        ['results', jest.spyOn(app.nest.get(ObservationRepository, anywhere), 'ofPerson')],
        // What is asked of one person is asked of several.
        ['records', jest.spyOn(app.nest.get(ClinicalResourceRepository, anywhere), 'ofPeople')],
      ] as const;
      const spies = watched.map(([what, spy]) => {
        return () => {
          spy.mock.calls.forEach(() => reads.push(what));
          spy.mockRestore();
        };
      });
      await work();
      spies.forEach((stop) => stop());
      return reads;
    }

    it('none for a person who is new in the message', async () => {
      const patient = person();
      expect(await readsDuring(() => send(patient, hb(mrnOf(patient), 100, 0)))).toEqual([]);
    });

    it('none when no rule needs it', async () => {
      const mrn = await newPerson();
      expect(await readsDuring(() => send(observation({ rbc: 5 }, about(mrn))))).toEqual([]);
    });

    it('one of results and one of records when rules need both', async () => {
      const mrn = await newPerson();
      expect(await readsDuring(() => send(hb(mrn, 100, 0)))).toEqual(['results', 'records']);
    });
  });
});
