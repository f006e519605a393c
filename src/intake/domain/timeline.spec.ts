import { exactly, type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { type StoredResult } from '../../people/index.js';
import { FIB_4 } from '../../risk-models/domain/fib-4.js';
import { catalogueOf } from '../../rules/index.js';
import { readRules } from '../../rules/domain/files/read-rules.js';
import { type Formula } from '../../rules/domain/formula/formula.js';
import { readFiles } from '../../rules/read-files.js';
import { loadVocabulary } from '../../terminology/index.js';
import { Timeline } from './timeline.js';

/** A haemoglobin of an hour of one day, issued at another. */
function result(identityKey: string, hour: number, issued: number | null, value: string): StoredResult {
  const at = (of: number) => new Date(Date.UTC(2026, 2, 2, of));
  return {
    id: identityKey,
    identityKey,
    contentHash: null,
    resourceType: 'Observation',
    version: 1,
    personId: 'person',
    subjectKey: null,
    messageId: 'message',
    entry: 0,
    codes: '',
    at: at(hour),
    receivedAt: at(hour),
    issued: issued === null ? null : at(issued),
    sentUpdated: null,
    status: 'final',
    measurements: [
      {
        component: 0,
        analyte: 'hb',
        value: { kind: 'number', interval: exactly(value), unit: 'g/L' },
        asSent: value,
        ownLimit: null,
        doubts: [],
        freshFrom: at(hour).toISOString(),
      },
    ],
  };
}

it.each<[string, StoredResult[], number]>([
  ['none', [], 0],
  ['one', [result('a', 1, 2, '85')], 1],
  ['two of one moment that were issued at one', [result('a', 1, 2, '85'), result('b', 1, 2, '120')], 2],
  ['neither says when it was issued', [result('a', 1, null, '85'), result('b', 1, null, '120')], 2],
  ['the later issued is the later', [result('a', 1, 2, '85'), result('b', 1, 3, '120')], 1],
  ['one of an earlier moment', [result('a', 0, 2, '85'), result('b', 1, 2, '120')], 1],
])('how many before a result are equally late: %s', (_name, before, tied) => {
  const now = result('z', 5, 6, '80');
  for (const results of [
    [...before, now],
    [now, ...before.toReversed()],
  ]) {
    const timeline = new Timeline(results, [], 'Asia/Shanghai');
    const [current] = timeline.last('hb');
    expect(timeline.tiedBefore('hb', current!)).toBe(tied);
  }
});

describe('results of one moment', () => {
  let formulas: readonly Formula[];
  beforeAll(async () => {
    const catalogue = catalogueOf(loadVocabulary('vocabulary'));
    ({ formulas } = await readRules(await readFiles('rules/formulas'), catalogue));
  });

  /** Creatinines that say different things, and how often each value was looked at. */
  function creatinines(count: number): { results: StoredResult[]; looks: number[] } {
    const looks: number[] = [];
    const results = Array.from({ length: count }, (_, i): StoredResult => {
      const plain = result(`r${String(i).padStart(3, '0')}`, 1, 2, String(80 + i));
      const [measurement] = plain.measurements;
      const value = { kind: 'number' as const, interval: exactly(String(80 + i)), unit: 'umol/L' };
      looks.push(0);
      return { ...plain, measurements: [{ ...measurement!, analyte: 'creatinine', get value() { return looks[i]!++, value; } }] }; // prettier-ignore
    });
    return { results, looks };
  }

  const lookedAtMost = (count: number): { egfr: number; looks: number } => {
    const { results, looks } = creatinines(count);
    const person = () => ({ ...UNKNOWN_PERSON, sex: 'male' as const, ageYears: 50 });
    const timeline = new Timeline(results, formulas, 'Asia/Shanghai', person);
    const formula = formulas.find(({ id }) => id === 'egfr')!;
    for (const one of results) {
      const [current] = timeline.latest('creatinine', one).reverse();
      expect(timeline.before('creatinine', current!)).toHaveLength(results.indexOf(one));
      expect(timeline.derivedWith(formula, one)).toHaveLength(1);
    }
    return { egfr: timeline.last('egfr').length, looks: Math.max(...looks) };
  };

  it('are each looked at no more often the more there are', () => {
    expect(lookedAtMost(30).looks).toBe(lookedAtMost(3).looks);
  });

  it('each complete a derived value, and none hides another', () => {
    expect(lookedAtMost(5).egfr).toBe(5);
  });
});

it('asks about the person once all that a model needs is there, not with each of its inputs', () => {
  const inputs = ['ast', 'alt', 'plt'].map((name) => ({ name, analyte: name, lowest: null }));
  const call = { model: FIB_4, person: { age: ['age'] } };
  const told = { title: { zh: '', en: '' }, unit: '1', decimals: 2, source: '' };
  const formula: Formula = { id: 'fib-4', ...told, inputs, call };
  const results = inputs.map(({ analyte }, hour) => {
    const one = result(analyte, hour, null, '40');
    return { ...one, measurements: one.measurements.map((measurement) => ({ ...measurement, analyte })) };
  });
  const asked: Date[] = [];
  const personAt = (at: Date): PersonFacts => {
    asked.push(at);
    return { ...UNKNOWN_PERSON, ageYears: 50 };
  };
  const timeline = new Timeline(results, [formula], 'Asia/Shanghai', personAt);
  const [derived] = timeline.last('fib-4');
  expect(derived?.measurement.value).toMatchObject({ interval: exactly('7.91') });
  expect(asked).toEqual([results[2]!.at]);
});
