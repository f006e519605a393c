import fc from 'fast-check';
import '../../../test/support/property-seed.js';
import { basic, between, further, person } from '../../../test/support/level-arbitraries.js';
import { LevelPeople, MAN, WELL } from '../../../test/support/level-people.js';
import { type PersonFacts } from '../../kernel/index.js';
import { type LevelAssessment } from './level-assessment.js';

const RUNS = Number(process.env.FIRSTCALL_LEVEL_RUNS ?? 400);

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

const rankOf = ({ code }: LevelAssessment): number => (code === 'unknown' ? 5 : code);

/**
 * Half of the people have nothing else measured. Where somebody lives is left out, so that there is no China-PAR: where
 * its own signs turn (on treatment from about 72 years on, say) is held by the test of the models.
 */
const others = fc.oneof(
  fc.constant<Record<string, string>>({}),
  further.map(({ 'residence-region': _region, ...rest }) => rest),
);

/** From an ordinary value outwards: the further the worse. */
const WORSE: readonly (readonly [analyte: string, from: number, to: number, decimals?: number])[] = [
  ['systolic-bp', 118, 220],
  ['systolic-bp', 118, 70],
  ['diastolic-bp', 76, 130],
  ['diastolic-bp', 76, 40],
  ['bmi', 22.4, 42, 1],
  ['bmi', 22.4, 13, 1],
  ['waist', 75, 120],
  ['glucose-fasting', 5.1, 20, 1],
  ['glucose-fasting', 5.1, 2, 1],
  ['hba1c', 5.2, 12, 1],
  ['cholesterol-total', 4.6, 9, 1],
  ['triglycerides', 1.1, 14, 1],
  ['ldl-c', 1.2, 6, 1],
  ['hdl-c', 1.4, 0.5, 1],
  ['creatinine', 76, 900],
  ['egfr', 95, 5],
  ['acr', 5, 400],
  ['urate', 300, 700],
  ['hb', 145, 30],
  ['hb', 145, 220],
  ['wbc', 5.6, 0.5, 1],
  ['wbc', 5.6, 40, 1],
  ['plt', 230, 10],
  ['plt', 230, 1200],
  ['alt', 20, 700],
  ['ast', 20, 700],
  ['bilirubin-total', 10, 300],
  ['tsh', 2.5, 20, 1],
  ['psa-total', 1, 30, 1],
  ['cea', 1, 30, 1],
  ['heart-rate', 70, 30],
  ['heart-rate', 70, 180],
  ['lvef', 65, 20],
  ['qtc', 420, 560],
  ['sleep-duration', 8, 3],
];

/** Beside each limit that rules for levels know of an analyte, and where it begins and ends; from the best to the worst. */
function ladderOf([analyte, from, to, decimals = 0]: (typeof WORSE)[number]): string[] {
  const limits = people.ruleSet.levels.rules.flatMap(({ rule }) =>
    rule.leaves.flatMap(({ analytes, threshold }) =>
      threshold.kind === 'number' && analytes.has(analyte) ? Number(threshold.limit) : [],
    ),
  );
  const digits = Math.max(decimals, people.catalogue.get(analyte)?.decimals ?? 0);
  const step = 10 ** -digits;
  const values = [from, ...limits.flatMap((limit) => [limit - step, limit, limit + step]), to]
    .map((value) => value.toFixed(digits))
    .filter((value) => Number(value) >= Math.min(from, to) && Number(value) <= Math.max(from, to));
  return [...new Set(values)].sort((a, b) => (from < to ? 1 : -1) * (Number(a) - Number(b)));
}

const knownWith = (...facts: string[]) => ({
  ...MAN,
  answers: new Map(facts.map((fact) => [fact, true] as const)),
});
const WHO: readonly (readonly [string, PersonFacts])[] = [
  ['a man', MAN],
  ['a woman of 60', { ...MAN, sex: 'female', ageYears: 60 }],
  ['somebody known', knownWith('history.hypertension', 'history.diabetes', 'history.gout', 'history.ckd')],
  ['somebody treated', knownWith('medication.antihypertensive', 'medication.glucose-lowering')],
];

it.each(WHO)('from limit to limit a worse value is never a better level of %s', (_, who) => {
  for (const row of WORSE) {
    const [analyte] = row;
    const told = ladderOf(row).map((value) => ({
      value,
      rank: rankOf(people.assess({ [analyte]: value }, { person: who })),
    }));
    const better = told.filter(({ rank }, i) => i > 0 && rank > told[i - 1]!.rank);
    expect([analyte, better]).toEqual([analyte, []]);
    if (who === MAN) expect(told.at(-1)!.rank).toBeLessThan(5);
  }
});

it('a value that is worse, all others as they were, is never a better level', () => {
  const pair = fc.constantFrom(...WORSE).chain(([analyte, from, to, decimals = 0]) =>
    fc
      .tuple(
        between(Math.min(from, to), Math.max(from, to), decimals),
        between(Math.min(from, to), Math.max(from, to), decimals),
      )
      .map((two) => {
        const [low, high] = two.sort((a, b) => Number(a) - Number(b));
        return from < to ? { analyte, better: low, worse: high } : { analyte, better: high, worse: low };
      }),
  );
  let moved = 0;
  fc.assert(
    fc.property(basic, others, person, pair, (values, more, who, { analyte, better, worse }) => {
      // FIB-4 falls as ALT or platelets rise, by its formula.
      const all = { ...values, ...more, ...(['alt', 'plt'].includes(analyte) && { ast: '20' }) };
      const [a, b] = [better, worse].map((value) =>
        people.assessAlone({ ...all, [analyte]: value }, { person: who }),
      ) as [LevelAssessment, LevelAssessment];
      if (rankOf(b) < rankOf(a)) moved++;
      expect([analyte, better, worse, rankOf(b) <= rankOf(a)]).toEqual([analyte, better, worse, true]);
    }),
    { numRuns: RUNS },
  );
  expect(moved).toBeGreaterThan(RUNS / 20);
});

/** What is on record, and whether the values are within the target that is stated for it. */
const ON_RECORD: Readonly<Record<string, (values: Readonly<Record<string, string | undefined>>) => boolean>> =
  {
    'history.hypertension': () => false,
    'medication.antihypertensive': () => false,
    'history.diabetes': isGlucoseOnTarget,
    'medication.glucose-lowering': isGlucoseOnTarget,
    'history.gout': () => false,
    // Known kidney disease is level 1 from 707 on (domain notes 05 §5).
    'history.ckd': ({ creatinine }) => Number(creatinine) >= 445 && Number(creatinine) < 707,
    'history.stroke': () => false,
    'history.coronary-heart-disease': () => false,
    'history.myocardial-infarction': () => false,
    'history.cirrhosis': () => false,
    'history.diabetic-complication': () => false,
  };

function isGlucoseOnTarget(values: Readonly<Record<string, string | undefined>>): boolean {
  const fasting = Number(values['glucose-fasting']);
  const hba1c = Number(values['hba1c'] ?? '5');
  return fasting >= 4.4 && fasting < 7.0 && hba1c < 7.0;
}

it.each(Object.keys(ON_RECORD))(
  'with %s nobody has a better level than without, from limit to limit, but within its stated target',
  (fact) => {
    for (const row of WORSE) {
      const [analyte] = row;
      const better = ladderOf(row).filter((value) => {
        const all: Readonly<Record<string, string>> = { ...WELL, [analyte]: value };
        const [without, withIt] = [MAN, knownWith(fact)].map((who) =>
          rankOf(people.assessAlone(all, { person: who })),
        ) as [number, number];
        return withIt > without && !ON_RECORD[fact]!(all);
      });
      expect([analyte, better]).toEqual([analyte, []]);
    }
  },
);

it('with a disease or its treatment on record nobody has a better level than without, but within its stated target', () => {
  let moved = 0;
  fc.assert(
    fc.property(
      basic,
      others,
      person,
      fc.constantFrom(...Object.keys(ON_RECORD)),
      (values, more, who, fact) => {
        const all = { ...values, ...more };
        const [without, withIt] = [false, true].map((isSo) =>
          people.assessAlone(all, { person: { ...who, answers: new Map(who.answers).set(fact, isSo) } }),
        ) as [LevelAssessment, LevelAssessment];
        if (rankOf(withIt) !== rankOf(without)) moved++;
        if (rankOf(withIt) > rankOf(without)) expect([fact, ON_RECORD[fact]!(all)]).toEqual([fact, true]);
      },
    ),
    { numRuns: RUNS },
  );
  expect(moved).toBeGreaterThan(RUNS / 20);
});
