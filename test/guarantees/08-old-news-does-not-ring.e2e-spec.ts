import { AccessService } from '../../src/access/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  daysBefore,
  loinc,
  minutesAfter,
  mrnOf,
  observation,
  ORDER,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { type OwnRules, ownRules } from '../support/own-rules.js';
import { openTasks, reasonsOf, seen } from '../support/queue.js';

describe('guarantee 8: old news does not ring', () => {
  let app: TestApp;
  let rules: OwnRules;
  let historyKey: string;
  beforeAll(async () => {
    rules = ownRules();
    app = await startApp({ env: { RULES_DIR: rules.folder } });
    const access = app.nest.get(AccessService);
    historyKey = (await access.createKey({ name: 'archive', scope: 'feed', isHistory: true })).secret;
  });
  afterAll(async () => {
    await app.close();
    rules.remove();
  });

  async function after(one: fhir4.FhirResource, key = 'feed') {
    const patient = person();
    const { status, text } = await app.post('/fhir', bundleOf(patient, [one]), { key });
    if (status !== 200) throw new Error(text);
    return seen(app, mrnOf(patient));
  }
  const without = { issued: undefined, effectiveDateTime: undefined };
  const classA = (more: Partial<fhir4.Observation>) =>
    result({ code: loinc('2823-3'), valueQuantity: quantity(7, 'mmol/L'), ...more });
  const marker = (more: Partial<fhir4.Observation>) =>
    observation({ cea: 50 }, { referenceRange: [{ high: quantity(5, 'ng/mL') }], ...more });

  it.each([
    ['exactly 30 days after issue', { issued: daysBefore(30) }, 'notify'],
    ['a millisecond more', { issued: daysBefore(30, -1) }, ''],
    ['issued now, of a specimen three years old', { effectiveDateTime: daysBefore(1095) }, 'notify'],
    ['issued long ago, though effective now', { issued: daysBefore(31) }, ''],
    ['without issue, effective 30 days ago', { ...without, effectiveDateTime: daysBefore(30) }, 'notify'],
    [
      'without issue, effective 30 days and a millisecond ago',
      { ...without, effectiveDateTime: daysBefore(30, -1) },
      '',
    ],
    ['three years old', { ...without, effectiveDateTime: '2023-03-02T02:00:00Z' }, ''],
    ['without any time: received now', without, 'notify'],
    // 2026-03-02 10:00 in the centre: 30 days after the end of 31 January is still to come, after that of 30 January past.
    ['a bare date 30 days ago', { ...without, effectiveDateTime: '2026-01-31' }, 'notify'],
    ['a bare date 31 days ago', { ...without, effectiveDateTime: '2026-01-30' }, ''],
    [
      'a period by its end',
      { ...without, effectivePeriod: { start: daysBefore(60), end: daysBefore(1) } },
      'notify',
    ],
    ['a bare month that ended 31 days ago', { ...without, effectiveDateTime: '2026-01' }, 'notify'],
    ['a bare year long past', { ...without, effectiveDateTime: '2024' }, ''],
  ])('%s', async (_, time, expected) => {
    const { findings, ...tasks } = await after(observation({ wbc: 2.5 }, time));
    expect(findings).toEqual(['wbc-low']);
    expect(openTasks({ findings, ...tasks })).toBe(expected);
  });

  it.each([
    ['class A, 90 days old', classA({ issued: daysBefore(90) }), 'notify'],
    ['class A, older than 90 days, never told', classA({ issued: daysBefore(90, -1) }), 'review'],
    ['a tumour marker, 30 days old', marker({ issued: daysBefore(30) }), 'notify'],
    ['a tumour marker, older', marker({ issued: daysBefore(31) }), 'review'],
    ['a review of an old result', observation({ glucoseRandom: 25 }, { issued: daysBefore(31) }), ''],
  ])('%s', async (_, one, expected) => {
    expect(openTasks(await after(one))).toBe(expected);
  });

  it('an old imaging report that could not exclude cancer goes to the doctor as late', async () => {
    const report: fhir4.DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { text: '胸部CT' },
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'RAD' }] }],
      effectiveDateTime: daysBefore(400),
      issued: daysBefore(400),
      conclusion: '右肺上叶结节,不能排除恶性',
    };
    const found = await after(report);
    expect(found.findings).toEqual(['imaging-malignancy']);
    expect(openTasks(found)).toBe('review');
  });

  it('loading history rings nobody, not even the doctor, and findings are kept', async () => {
    for (const one of [
      observation({ wbc: 2.5 }),
      classA({}),
      marker({ issued: daysBefore(31) }),
      observation({ glucoseRandom: 25 }),
    ]) {
      const found = await after(one, historyKey);
      expect(openTasks(found)).toBe('');
      expect(found.all.observations).toHaveLength(1);
    }
    expect((await after(observation({ wbc: 2.5 }), historyKey)).findings).toEqual(['wbc-low']);
  });

  it('a correction that arrives over the live feed rings although the first version was history', async () => {
    const patient = person();
    const one = observation({ wbc: 5 });
    await app.post('/fhir', bundleOf(patient, [one]), { key: historyKey });
    const corrected = { ...observation({ wbc: 2.5 }), identifier: one.identifier, issued: minutesAfter(1) };
    await app.post('/fhir', bundleOf(patient, [corrected]));
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('notify');
  });

  it('a result loaded as history that a live feed sends too is news: it rings, by its age on that day', async () => {
    for (const [days, expected] of [
      [1, 'notify'],
      [40, ''],
    ] as const) {
      const patient = person();
      const one = observation({ wbc: 2.5 });
      await app.post('/fhir', bundleOf(patient, [one]), { key: historyKey });
      app.clock.advance({ days });
      const { body } = await app.post<fhir4.Bundle>('/fhir', bundleOf(patient, [one]));
      await app.post('/fhir', bundleOf(patient, [one]), { key: historyKey });
      const found = await seen(app, mrnOf(patient));
      app.clock.advance({ days: -days });
      expect(body.entry![1]!.response!.status).toBe('200 OK');
      expect(openTasks(found)).toBe(expected);
      expect(found.all.observations).toHaveLength(1);
    }
  });

  it('loading history over a live result silences nothing', async () => {
    const patient = person();
    const one = observation({ wbc: 2.5 });
    await app.post('/fhir', bundleOf(patient, [one]));
    const newer = { ...one, issued: minutesAfter(1), note: [{ text: '归档' }] };
    await app.post('/fhir', bundleOf(patient, [newer]), { key: historyKey });
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('notify');
  });

  it('a bare date is the centre’s day: 23:59 and 00:01 of Shanghai lie in different days', async () => {
    // 2026-01-31 ends at 16:00 UTC; a clock just before and just after 30 days later.
    for (const [now, expected] of [
      ['2026-03-02T15:59:59.000Z', 'notify'],
      ['2026-03-02T16:00:01.000Z', ''],
    ] as const) {
      app.clock.set(now);
      expect(
        openTasks(await after(observation({ wbc: 2.5 }, { ...without, effectiveDateTime: '2026-01-31' }))),
      ).toBe(expected);
    }
    app.clock.set('2026-03-02T02:00:00.000Z');
  });

  it('more than a day in the future is an implausible time, shown and still judged', async () => {
    const patient = person();
    const soon = observation({ wbc: 2.5 }, { issued: undefined, effectiveDateTime: '2026-03-03T01:59:00Z' });
    const far = observation({ hb: 60 }, { issued: undefined, effectiveDateTime: '2026-03-03T02:01:00Z' });
    await app.post('/fhir', bundleOf(patient, [soon, far]));
    const found = await seen(app, mrnOf(patient));
    expect(found.findings).toEqual(['hb-low', 'wbc-low']);
    expect(openTasks(found)).toBe('notify');
    expect(await reasonsOf(app, mrnOf(patient))).toEqual(['implausible']);
  });

  it('no time at all is flagged', async () => {
    const patient = person();
    await app.post('/fhir', bundleOf(patient, [observation({ wbc: 6 }, without)]));
    expect(await reasonsOf(app, mrnOf(patient))).toEqual(['no-time']);
  });

  it('old results of a person who arrives late do not ring, fresh ones do', async () => {
    const mrn = unique('late');
    const old = { ...observation({ wbc: 2.5 }, { issued: daysBefore(31) }), ...about(mrn) };
    await app.post('/fhir', resultsOnly([old]));
    await app.post('/fhir', bundleOf(person(mrn), []));
    expect(openTasks(await seen(app, mrn))).toBe('');
    const fresh = {
      ...observation({ hb: 60 }),
      ...about(mrn),
      identifier: [{ system: ORDER, value: unique('O') }],
    };
    await app.post('/fhir', resultsOnly([fresh]));
    expect(openTasks(await seen(app, mrn))).toBe('notify');
  });

  it('a correction of an old result that nobody heard of does not ring either', async () => {
    const patient = person();
    const old = observation({ wbc: 2.5 }, { issued: daysBefore(60) });
    await app.post('/fhir', bundleOf(patient, [old]));
    const corrected = { ...observation({ wbc: 2.4 }), identifier: old.identifier, issued: daysBefore(59) };
    await app.post('/fhir', bundleOf(patient, [corrected]));
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('');
  });
});
