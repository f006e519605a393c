import fc from 'fast-check';
import { exactly, type Interval, type PersonFacts, UNKNOWN_PERSON } from '../../../kernel/index.js';
import { isValue } from '../../../risk-models/domain/model.js';
import { loadVocabulary } from '../../../terminology/index.js';
import { catalogueOf } from '../vocabulary-catalogue.js';
import { modelValue } from './model-call.js';
import { MODEL_FACT_IDS, modelFacts } from './model-facts.js';

const facts = modelFacts(catalogueOf(loadVocabulary('vocabulary')));
const of = (id: string) => facts.find((one) => one.id === id)!.call;
const MAN: PersonFacts = {
  ...UNKNOWN_PERSON,
  sex: 'male',
  ageYears: 60,
  answers: new Map(
    ['history.coronary-heart-disease', 'history.myocardial-infarction', 'history.stroke', 'history.diabetes', 'medication.antihypertensive', 'family.coronary-heart-disease', 'family.myocardial-infarction', 'family.stroke'].map((fact) => [fact, false]),
  ),
};
const WORDS = new Map<string, boolean | string>([['isSmoker', true], ['livesInNorth', true], ['livesInCity', true], ['isActive', false], ['eatsVegetables', false], ['hadHighGlucose', true], ['relatives', 'second-degree']]);

function span(low: string | null, high: string | null, lowOpen = false, highOpen = false): Interval {
  return { low, high, lowOpen, highOpen };
}

it('every model that is a fact fits the vocabulary', () => {
  expect(new Set(facts.map(({ id }) => id))).toEqual(MODEL_FACT_IDS);
});

it.each<[string, Interval, Interval | null]>([
  ['a number', exactly('133'), exactly('53')],
  ['a span, from the lower to the higher value', span('100', '133'), span('53', '74')],
  ['more than', span('1000', null, true, true), span('0', '5', true, false)],
  ['less than', span('1', '60', false, true), span('106', '367', false, false)],
])('an eGFR of %s', (_name, creatinine, expected) => {
  expect(modelValue(of('egfr'), new Map([['creatinine', creatinine]]), new Map(), MAN)).toEqual(expected);
});

it('a divisor that may be nothing bounds on one side', () => {
  const inputs = new Map([['ast', exactly('80')], ['alt', span('0', '5', false, true)], ['plt', exactly('120')]]);
  expect(modelValue(of('fib-4'), inputs, new Map(), MAN)).toMatchObject({ low: '17.89', high: null, highOpen: true });
});

it('nothing where the model holds for none of it, anything where it holds for some', () => {
  const of45 = (tg: Interval) =>
    modelValue(of('ldl-c'), new Map([['cholesterolTotal', exactly('6')], ['hdlC', exactly('1')], ['triglycerides', tg]]), new Map(), MAN);
  expect(of45(exactly('4.5'))).toBeNull();
  expect(of45(span('4.5', null))).toBeNull();
  expect(of45(span('4', '5'))).toEqual({ low: null, high: null, lowOpen: true, highOpen: true });
  expect(of45(exactly('4.4'))).toEqual(exactly('3.0'));
});

it('what records do not tell of the person is missing, never no', () => {
  const inputs = new Map(Object.entries({ systolicBp: '150', cholesterolTotal: '5.6', hdlC: '1.1', waist: '92' }).map(([name, value]) => [name, exactly(value)]));
  expect(modelValue(of('china-par-10y'), inputs, WORDS, MAN)).not.toBeNull();
  for (const fact of MAN.answers.keys()) {
    const answers = new Map(MAN.answers);
    answers.delete(fact);
    expect(modelValue(of('china-par-10y'), inputs, WORDS, { ...MAN, answers })).toBeNull();
  }
});

/** Whatever each input really was, the model's value lies in what it gave. */
it('holds every value that its inputs may be', () => {
  const ends: Record<string, [number, number]> = {
    creatinine: [30, 900], ast: [5, 300], alt: [5, 300], plt: [20, 500], cholesterolTotal: [2, 10], hdlC: [0.4, 3],
    triglycerides: [0.2, 4.4], glucoseFasting: [3, 20], insulinFasting: [1, 100], systolicBp: [90, 200], waist: [60, 130], bmi: [15, 45],
  };
  const someone = fc.record({ sex: fc.constantFrom('male' as const, 'female' as const), ageYears: fc.integer({ min: 35, max: 74 }), isTreated: fc.boolean() });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...facts), someone, fc.array(fc.tuple(share, share, share), { minLength: 4, maxLength: 4 }), (fact, { isTreated, ...who }, shares) => {
      const person = { ...MAN, ...who, answers: new Map(MAN.answers).set('medication.antihypertensive', isTreated).set('family.diabetes', false) };
      const [spans, points] = [new Map<string, Interval>(), new Map<string, Interval>()];
      fact.inputs.filter(({ words }) => !words).forEach(({ name }, i) => {
        const [from, to] = ends[name]!;
        const [a, b, c] = shares[i]!;
        const [low, high] = [a, b].sort((one, other) => one - other).map((one) => from + (to - from) * one) as [number, number];
        spans.set(name, span(low.toFixed(6), high.toFixed(6)));
        points.set(name, exactly(Math.min(Number(high.toFixed(6)), Math.max(Number(low.toFixed(6)), low + (high - low) * c)).toFixed(6)));
      });
      const [whole, one] = [spans, points].map((inputs) => modelValue(fact.call, inputs, WORDS, person)!) as [Interval, Interval];
      expect(Number(one.low)).toBeGreaterThanOrEqual(Number(whole.low));
      expect(Number(one.high)).toBeLessThanOrEqual(Number(whole.high));
    }),
    { numRuns: 1000 },
  );
  expect(isValue(of('egfr').model.of({}))).toBe(false);
});
