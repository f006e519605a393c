import { type DoubtReason } from '../../src/kernel/index.js';
import { ReconcileModule } from '../../src/reconcile/index.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  about,
  bundleOf,
  loinc,
  mrnOf,
  observation,
  person,
  quantity,
  result,
  resultsOnly,
  unique,
} from '../support/messages.js';
import { dataQuality, openTasks, reasonsOf, reconcile, seen } from '../support/queue.js';

type Open = '' | 'notify' | 'review';

describe('guarantee 5: nothing is dropped silently', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ modules: [ReconcileModule] });
  });
  afterAll(() => app.close());

  async function after(...results: fhir4.FhirResource[]) {
    const patient = person();
    const { status, text } = await app.post('/fhir', bundleOf(patient, results));
    if (status !== 200) throw new Error(`${status} ${text}`);
    return { ...(await seen(app, mrnOf(patient))), reasons: await reasonsOf(app, mrnOf(patient)) };
  }
  const of = (code: string, value: Partial<fhir4.Observation>) => result({ code: loinc(code), ...value });
  const local = (text: string, value: Partial<fhir4.Observation>) =>
    result({ code: { coding: [{ system: 'urn:test:lis', code: 'X' }], text }, ...value });
  const bare = (value: number) => ({ valueQuantity: { value } });

  it.each<[string, fhir4.Observation, DoubtReason[], Open]>([
    [
      'a code that nobody knows',
      local('未知项目', { valueQuantity: quantity(1, 'g/L') }),
      ['unknown-code'],
      '',
    ],
    ['no code at all, only a name', local('神秘指标', { valueString: '高' }), ['unknown-code'], ''],
    [
      'a unit that means nothing here',
      of('14682-9', { valueQuantity: quantity(80, 'kg') }),
      ['unknown-unit'],
      '',
    ],
    [
      'the same, with a number that could be grave',
      of('14682-9', { valueQuantity: quantity(134, 'kg') }),
      ['unknown-unit'],
      'review',
    ],
    ['a creatinine of 900 without unit', of('14682-9', bare(900)), ['unknown-unit'], 'review'],
    [
      'a creatinine of 80 without unit, which no person has in mg/dL',
      of('14682-9', bare(80)),
      ['unknown-unit'],
      '',
    ],
    [
      'a creatinine of 5 without unit, grave only in mg/dL',
      of('14682-9', bare(5)),
      ['unknown-unit'],
      'review',
    ],
    [
      'cells per µL are never cells per field',
      local('尿镜检白细胞', { valueQuantity: { value: 200, unit: '个/μL' } }),
      ['unknown-unit'],
      'review',
    ],
    ['a text that is no number', of('6690-2', { valueString: '标本溶血' }), ['unreadable'], ''],
    ['a figure that cannot be read', of('2157-6', { valueString: '＞2,000 U/L' }), ['unreadable'], 'review'],
    [
      'an amount in words that nobody knows',
      of('13945-1', { valueString: '成堆' }),
      ['unreadable'],
      'review',
    ],
    [
      'a grade that contradicts its code',
      of('20454-5', { valueCodeableConcept: { coding: [{ code: '260385009' }], text: '++' } }),
      ['unreadable'],
      'review',
    ],
    ['a number no person has', of('718-7', { valueQuantity: quantity(9000, 'g/L') }), ['implausible'], ''],
    [
      'one that would be grave, were it true',
      of('718-7', { valueQuantity: quantity(1, 'g/L') }),
      ['implausible'],
      'review',
    ],
    ['a glucose of 25, fasting unknown', observation({ glucoseRandom: 25 }), [], 'review'],
    ['a glucose of 11.1, fasting unknown', observation({ glucoseRandom: 11.1 }), [], 'review'],
    ['a glucose of 11.0, fasting unknown', observation({ glucoseRandom: 11 }), ['fasting-unknown'], ''],
    ['a glucose of 7.0, fasting unknown', observation({ glucoseRandom: 7 }), ['fasting-unknown'], ''],
    ['a glucose of 6.9, fasting unknown', observation({ glucoseRandom: 6.9 }), [], ''],
    ['a tumour marker without any limit', observation({ cea: 4 }), ['no-limit'], 'review'],
    [
      'more than 1000 against 2000',
      of('2157-6', { valueQuantity: { ...quantity(1000, 'U/L'), comparator: '>' } }),
      [],
      'review',
    ],
    ['15 to 30 against 15', of('5821-4', { valueString: '5-20/HP' }), [], 'review'],
    ['positive, where two plus are asked for', of('2514-8', { valueString: '阳性' }), [], 'review'],
    [
      'a value of unknown status that would fire',
      observation({ wbc: 2.5 }, { status: 'unknown' }),
      [],
      'review',
    ],
    ['a value of unknown status that would not', observation({ wbc: 5 }, { status: 'unknown' }), [], ''],
    ['a registered result, which waits', observation({ wbc: 2.5 }, { status: 'registered' }), [], ''],
    ['a cancelled one', observation({ wbc: 2.5 }, { status: 'cancelled' }), [], ''],
    [
      'one that was never done',
      of('6690-2', { dataAbsentReason: { coding: [{ code: 'not-performed' }] } }),
      [],
      '',
    ],
    [
      'a time that is missing',
      observation({ wbc: 5 }, { effectiveDateTime: undefined, issued: undefined }),
      ['no-time'],
      '',
    ],
  ])('%s', async (_, one, reasons, open) => {
    const found = await after(one);
    expect({ reasons: found.reasons, open: openTasks(found), findings: found.findings }).toEqual({
      reasons,
      open,
      findings: [],
    });
    expect(found.all.observations).toHaveLength(1);
  });

  it('a conclusion that cannot be read with certainty is reviewed, and kept as it is', async () => {
    const found = await after({
      resourceType: 'DiagnosticReport',
      status: 'final',
      category: [{ coding: [{ code: 'RAD', system: 'http://terminology.hl7.org/CodeSystem/v2-0074' }] }],
      code: { text: '乳腺超声' },
      effectiveDateTime: '2026-03-02',
      conclusion: '左乳结节，BI-RADS 4A类',
    });
    expect(openTasks(found)).toBe('review');
  });

  it('a laboratory report’s conclusion is not read as imaging', async () => {
    const found = await after({
      resourceType: 'DiagnosticReport',
      status: 'final',
      category: [{ coding: [{ code: 'LAB', system: 'http://terminology.hl7.org/CodeSystem/v2-0074' }] }],
      code: { text: '血常规' },
      effectiveDateTime: '2026-03-02',
      conclusion: '恶性不除外',
    });
    expect(openTasks(found)).toBe('');
  });

  it('every part of a panel is judged or said to be doubtful', async () => {
    const panel = result({
      code: { text: '血常规' },
      component: [
        { code: loinc('6690-2'), valueQuantity: quantity(2.5, '10*9/L') },
        { code: loinc('718-7'), valueQuantity: quantity(60, 'furlong') },
        { code: { text: '没人认识' }, valueQuantity: quantity(1, 'g/L') },
      ],
    });
    const found = await after(panel);
    expect(found.findings).toEqual(['wbc-low']);
    expect(found.reasons).toEqual(['unknown-code', 'unknown-unit']);
    expect(openTasks(found)).toBe('notify review');
  });

  it('an observation of nobody known counts as no-person until the person arrives', async () => {
    const mrn = unique('nobody');
    const sent = await app.post<fhir4.Bundle>(
      '/fhir',
      resultsOnly([{ ...observation({ wbc: 5 }), ...about(mrn) }]),
    );
    const [, observationId] = sent.body.entry![0]!.response!.location!.split('/');
    expect(await dataQuality(app, { observationId: observationId! })).toEqual(['no-person']);
    await app.post('/fhir', bundleOf(person(mrn), []));
    expect(await dataQuality(app, { observationId: observationId! })).toEqual([]);
  });

  it('a correction takes its doubts with it', async () => {
    const patient = person();
    const doubtful = of('14682-9', bare(900));
    await app.post('/fhir', bundleOf(patient, [doubtful]));
    const clear = { ...doubtful, valueQuantity: quantity(80, 'umol/L'), status: 'corrected' as const };
    await app.post('/fhir', bundleOf(patient, [clear]));
    expect(await reasonsOf(app, mrnOf(patient))).toEqual([]);
    expect(openTasks(await seen(app, mrnOf(patient)))).toBe('');
  });

  it('resources without use are kept and said so, entry by entry', async () => {
    const coverage: fhir4.Coverage = {
      resourceType: 'Coverage',
      status: 'active',
      beneficiary: { display: 'x' },
      payor: [{ display: 'y' }],
    };
    const { status, body } = await app.post<fhir4.Bundle>('/fhir', bundleOf(person(), [coverage]));
    expect(status).toBe(200);
    expect(body.entry![1]!.response).toMatchObject({
      status: expect.stringMatching(/^202/) as string,
      outcome: { resourceType: 'OperationOutcome', issue: [{ severity: 'information' }] },
    });
  });

  it('what could not be judged can be asked for with its counts', async () => {
    const answer = await app.get<{ counts?: unknown }>('/api/data-quality', { key: 'admin' });
    expect(answer.status).toBe(200);
    for (const reason of [
      'unknown-code',
      'unknown-unit',
      'unreadable',
      'implausible',
      'no-time',
      'no-limit',
      'fasting-unknown',
    ])
      expect(answer.text).toContain(reason);
  });

  it('the second witness agrees with all of this', async () => {
    expect(await reconcile(app)).toEqual([]);
  });
});
