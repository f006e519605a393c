import { type FiguresShown } from '../../src/workbench/figures.dto.js';
import { type RegisterPage } from '../../src/workbench/register.dto.js';
import { TEST_NOW } from '../support/app.js';
import { limited, someone } from '../support/centres.js';
import { Desk, hiv, potassium, RIGHT } from '../support/desk.js';
import { about, minutesAfter, resultsOnly } from '../support/messages.js';

const PERIOD = 'from=2026-03-02&to=2026-03-02';

describe('figures of calls', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await Desk.open();
  });
  afterEach(() => desk?.close());

  const at = (minutes: number) => desk.app.clock.set(minutesAfter(minutes));
  const figures = async (query = PERIOD): Promise<FiguresShown> => {
    const { status, body, text } = await desk.app.get<FiguresShown>(`/api/figures?${query}`);
    if (status !== 200) throw new Error(text);
    return body;
  };
  const ofClass = async (of: string) => (await figures()).classes.find((one) => one.class === of)!;
  /** Claimed and told so many minutes after the result. */
  async function told(
    id: string,
    claimed: number,
    toldAt: number,
    value: string,
    unit: string,
  ): Promise<void> {
    at(claimed);
    await desk.wang.act(id, 'claim');
    at(toldAt);
    // A claim lasts half an hour: the first one is when somebody took it.
    await desk.wang.act(id, 'claim');
    const readBack = await desk.readBack(id, value, unit);
    const { body } = await desk.wang.call(id, { outcome: 'told', ...RIGHT, readBack });
    if (body.outcome !== 'told') throw new Error(JSON.stringify(body));
  }

  it('say of each class how many, how fast and what share in time', async () => {
    for (const [claimed, toldAt] of [[2, 10], [4, 20], [6, 150]] as const) {
      desk.app.clock.set(TEST_NOW);
      const { id } = await desk.called([potassium(7)]);
      await told(id, claimed, toldAt, '7', 'mmol/L');
    } // prettier-ignore
    desk.app.clock.set(TEST_NOW);
    await desk.called([potassium(7.2)]);
    expect(await ofClass('A')).toMatchObject({
      ...{ found: 4, told: 3, inTime: 2, decided: 3, missed: 0, awaiting: 3, settled: 0 },
      toClaim: { count: 3, median: 240, p90: 360, longest: 360 },
      toTell: { count: 3, median: 1200, p90: 9000, longest: 9000 },
      toClose: { count: 0, median: null },
    });
    at(121);
    expect(await ofClass('A')).toMatchObject({ decided: 4, missed: 1 });
    expect((await figures()).classes.map((one) => one.class)).toEqual(['A', 'important', 'B', 'C']);
    expect((await figures('from=2026-03-03&to=2026-03-04')).classes[0]).toMatchObject({ found: 0 });
  });

  it('count what the register of the same period lists, and miss nothing that was taken back', async () => {
    const { mrn } = await desk.called([potassium(7)]);
    const [gone] = await desk.app.search<fhir4.Observation>('Observation', {
      'patient.identifier': `urn:test:mrn|${mrn}`,
      code: 'http://loinc.org|2823-3',
    });
    const { id: _id, meta: _meta, ...rest } = gone!;
    await desk.called([potassium(8)]);
    at(130);
    await desk.app.post('/fhir/Observation', {
      ...rest,
      status: 'entered-in-error',
      issued: minutesAfter(130),
    });
    const { body } = await desk.app.get<RegisterPage>(`/api/register?${PERIOD}&limit=100`);
    const now = desk.app.clock.now().toISOString();
    const { classes } = await figures();
    for (const one of classes) {
      const own = body.items.filter((line) => line.class === one.class);
      expect([one.class, one.found]).toEqual([one.class, own.length]);
      const late = own.filter(({ notifiedAt, isOver, due }) => !isOver && notifiedAt === null && due < now);
      expect([one.class, one.missed]).toEqual([one.class, late.length]);
    }
    expect(classes[0]).toMatchObject({ missed: 1 });
  });

  it('say at which hours people are reached', async () => {
    const { id } = await desk.called([potassium(7)]);
    await desk.wang.act(id, 'claim');
    await desk.wang.call(id, { outcome: 'no-answer' });
    await told(id, 61, 62, '7', 'mmol/L');
    const { hours } = await figures();
    expect(hours).toHaveLength(24);
    expect(hours.filter(({ calls }) => calls > 0)).toEqual([
      { hour: 10, calls: 1, reached: 0 },
      { hour: 11, calls: 1, reached: 1 },
    ]);
  });

  it('say what became of each rule’s findings, and name no test of a sensitive compartment', async () => {
    const { id, mrn } = await desk.called([potassium(7)]);
    await told(id, 1, 2, '7', 'mmol/L');
    const second = await desk.called([potassium(7.5)]);
    await told(second.id, 3, 4, '7.5', 'mmol/L');
    const third = await desk.called([hiv()]);
    await told(third.id, 5, 6, '阳性', '');
    at(60);
    // A later normal result closes the first by itself; the second is confirmed.
    await desk.app.post('/fhir', resultsOnly([potassium(4.2, { ...about(mrn), effectiveDateTime: minutesAfter(60), issued: minutesAfter(60) })])); // prettier-ignore
    const { loops } = await desk.wang.task(second.id);
    await desk.wang.post(`/api/findings/${loops[0]!.findingId}/outcome`, {
      version: loops[0]!.version,
      outcome: 'confirmed',
      diagnosis: '高钾血症',
    });
    const { rules, classes } = await figures();
    expect(rules).toEqual([
      { rule: 'test-pack/potassium-high', told: 2, confirmed: 1, refuted: 1, confirmedShare: 0.5 },
      { rule: null, told: 1, confirmed: 0, refuted: 0, confirmedShare: null },
    ]);
    expect(classes[0]).toMatchObject({
      settled: 2,
      toClose: { count: 2, median: 56 * 60, longest: 58 * 60 },
    });
  });

  it('come as a file too, are refused for longer than a year, and count one’s own people alone', async () => {
    await someone(desk, '魏西城', { centre: 'W' });
    await someone(desk, '董东城', { centre: 'E' });
    const west = await limited(desk.app, 'west', ['manager'], { centre: 'W' });
    const all = (await figures()).classes.reduce((sum, { found }) => sum + found, 0);
    const own = await west.get<FiguresShown>(`/api/figures?${PERIOD}`);
    const ofWest = own.body.classes.reduce((sum, { found }) => sum + found, 0);
    expect([all, ofWest]).toEqual([2, 1]);
    const file = await desk.app.get(`/api/figures/csv?${PERIOD}`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    const lines = file.text.trim().split('\r\n');
    expect(lines[0]).toContain('项目 of,数字 figure,值 value');
    expect(lines.filter((line) => /^(A|important|B|C),found,/.test(line))).toHaveLength(4);
    for (const name of ['魏西城', '董东城']) expect(file.text).not.toContain(name);
    expect((await desk.app.get('/api/figures?from=2024-01-01&to=2026-03-02')).status).toBe(400);
    expect((await desk.app.get('/api/figures?from=2026-03-02')).status).toBe(400);
  });
});
