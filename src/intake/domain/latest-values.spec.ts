import { type MeasuredValue } from '../../kernel/index.js';
import { type StoredResult } from '../../people/index.js';
import { latestValues } from './latest-values.js';

const DAY = 86_400_000;

/** A result of some days after the first. */
function result(
  analyte: string,
  day: number,
  value: MeasuredValue,
  codes = ` urn:lis|${analyte} `,
): StoredResult {
  const at = new Date(Date.parse('2026-03-02T02:00:00.000Z') + day * DAY);
  const id = `${analyte} ${day}`;
  return {
    id,
    identityKey: id,
    contentHash: null,
    resourceType: 'Observation',
    version: 1,
    personId: 'person',
    subjectKey: null,
    messageId: 'message',
    entry: 0,
    codes,
    at,
    receivedAt: at,
    issued: at,
    sentUpdated: null,
    status: 'final',
    measurements: [
      { component: 0, analyte, value, asSent: '', ownLimit: null, doubts: [], freshFrom: at.toISOString() },
    ],
  };
}
const category = (name: string): MeasuredValue => ({ kind: 'category', category: name });
const words = (text: string): MeasuredValue => ({ kind: 'text', text, codings: [] });

function latestOf(results: readonly StoredResult[]) {
  const wanted = new Set(['cytology', 'imaging-conclusion']);
  const { facts, conclusions, isLatest } = latestValues(results, wanted, [], 'Asia/Shanghai');
  return {
    values: [...facts].map(([analyte, { measurement }]) => [analyte, measurement.value]),
    conclusions: conclusions.map(({ source }) => source.observationId),
    counting: results.filter(({ id }) => isLatest(id, 0)).map(({ id }) => id),
  };
}

describe('the latest value of an analyte with categories', () => {
  const [before, read, since] = [
    result('cytology', 0, words('涂片不满意')),
    result('cytology', 1, category('HSIL')),
    result('cytology', 2, words('见附页')),
  ];

  it.each([
    ['words before it', [before, read]],
    ['words since', [read, since]],
    ['both, in any order', [since, before, read]],
  ])('is the one that was read, whatever could not be: %s', (_, results) => {
    const counting = { values: [['cytology', category('HSIL')]], conclusions: [], counting: [read.id] };
    expect(latestOf(results)).toEqual(counting);
    // What a database gives of it: the latest alone.
    expect(latestOf([read])).toEqual(counting);
  });

  it('is open while there are only words', () => {
    expect(latestOf([before, since]).values).toEqual([['cytology', words('见附页')]]);
  });
});

describe('results of one moment', () => {
  const hour = 3_600_000;
  const glucose = (name: string, value: string, issuedAfter: number): StoredResult => {
    const interval = { low: value, high: value, lowOpen: false, highOpen: false };
    const one = result('glucose-fasting', 0, { kind: 'number', interval, unit: 'mmol/L' });
    const issued = new Date(one.at.getTime() + issuedAfter * hour);
    return { ...one, id: name, identityKey: name, issued };
  };
  const tell = (results: readonly StoredResult[]) => {
    const { facts, rivals, isLatest } = latestValues(
      results,
      new Set(['glucose-fasting']),
      [],
      'Asia/Shanghai',
    );
    return {
      stands: facts.get('glucose-fasting')!.source.observationId,
      beside: (rivals.get('glucose-fasting') ?? []).map(({ source }) => source.observationId),
      counting: results
        .filter(({ id }) => isLatest(id, 0))
        .map(({ id }) => id)
        .sort(),
    };
  };

  it('the one issued later stands alone', () => {
    const [early, late] = [glucose('b', '17', 0), glucose('a', '5', 1)];
    const alone = { stands: 'a', beside: [], counting: ['a'] };
    expect(tell([early, late])).toEqual(alone);
    expect(tell([late, early])).toEqual(alone);
  });

  it('none of those that are equally late hides another, in any order', () => {
    const [one, two, three] = [glucose('a', '17', 0), glucose('b', '5', 0), glucose('c', '9', 0)];
    const all = { stands: 'c', beside: ['b', 'a'], counting: ['a', 'b', 'c'] };
    for (const order of [
      [one, two, three],
      [three, two, one],
      [two, three, one],
    ])
      expect(tell(order)).toEqual(all);
  });

  it('what says the same is asked about once, and counts', () => {
    const [one, two] = [glucose('a', '5', 0), glucose('b', '5', 0)];
    expect(tell([one, two])).toEqual({ stands: 'b', beside: [], counting: ['a', 'b'] });
  });
});

describe('a result of a day to come', () => {
  const number = (low: string): MeasuredValue => ({
    kind: 'number',
    interval: { low, high: low, lowOpen: false, highOpen: false },
    unit: '1',
  });
  /** Came a day after the first, and says that it is of years later. */
  const slip = {
    ...result('hb', 9000, number('60')),
    receivedAt: new Date(Date.parse('2026-03-03T02:00:00.000Z')),
  };
  const hb = (day: number) => result('hb', day, number('140'));
  const told = (results: readonly StoredResult[]) => {
    const { facts, asOf } = latestValues(results, new Set(['hb']), [], 'Asia/Shanghai');
    return [facts.get('hb')!.source.observationId, asOf?.toISOString().slice(0, 10)];
  };

  it('counts from when it came, and hides none that was measured since', () => {
    expect(told([hb(0), slip])).toEqual(['hb 9000', '2026-03-03']);
    expect(told([slip, hb(2)])).toEqual(['hb 2', '2026-03-04']);
    expect(told([hb(2), slip])).toEqual(['hb 2', '2026-03-04']);
  });

  it('within a day is as it says: clocks and time zones differ', () => {
    const soon = { ...hb(1), receivedAt: hb(0).at };
    expect(told([hb(0), soon])).toEqual(['hb 1', '2026-03-03']);
  });
});

it('conclusions count by what was examined, the latest of each', () => {
  const chest = ' http://loinc.org|30746-2 ';
  const all = [
    result('imaging-conclusion', 0, words('双肺未见异常'), chest),
    result('imaging-conclusion', 1, words('右肺结节'), chest),
    result('imaging-conclusion', 2, words('窦性心律')),
  ];
  expect(latestOf(all).conclusions).toEqual(['imaging-conclusion 1', 'imaging-conclusion 2']);
});
