import fc from 'fast-check';
import { CHINA_PAR, type ChinaParInput } from './china-par.js';
import { CKD_EPI_2021_CR } from './ckd-epi-2021.js';
import { FIB_4 } from './fib-4.js';
import { isValue, type RiskModel } from './model.js';
import { LUND_MALMO_REVISED } from './lund-malmo.js';
import {
  PREVENT_ASCVD,
  PREVENT_CHD,
  PREVENT_CVD,
  PREVENT_HF,
  PREVENT_STROKE,
  PREVENT_WITH_UACR,
} from './prevent.js';
import { RISK_MODELS } from './registry.js';

type Input = Record<string, unknown>;

/** Values well inside what people have, and inside every model's range. */
const POSITIVE: Record<string, fc.Arbitrary<number>> = {
  systolicBp: fc.integer({ min: 90, max: 180 }),
  cholesterolTotal: fc.integer({ min: 34, max: 82 }).map((tenths) => tenths / 10),
  hdlC: fc.integer({ min: 6, max: 25 }).map((tenths) => tenths / 10),
  triglycerides: fc.integer({ min: 3, max: 44 }).map((tenths) => tenths / 10),
  waist: fc.integer({ min: 60, max: 130 }),
  bmi: fc.integer({ min: 19, max: 39 }),
  creatinine: fc.integer({ min: 30, max: 900 }),
  cystatinC: fc.integer({ min: 40, max: 500 }).map((hundredths) => hundredths / 100),
  egfr: fc.integer({ min: 15, max: 140 }),
  spo2: fc.integer({ min: 70, max: 100 }),
  uacr: fc.integer({ min: 1, max: 2500 }),
  temperature: fc.integer({ min: 340, max: 410 }).map((tenths) => tenths / 10),
};

function inputOf({ inputs }: RiskModel): fc.Arbitrary<Input> {
  const parts = Object.entries(inputs).map(([name, rule]): [string, fc.Arbitrary<unknown>] => {
    if (rule.kind === 'word') return [name, fc.constantFrom(...rule.words)];
    if (rule.kind === 'yes-no')
      return [name, rule.mustBe === undefined ? fc.boolean() : fc.constant(rule.mustBe)];
    if (name === 'age') return [name, fc.integer({ min: rule.from ?? 18, max: rule.to ?? 100 })];
    return [name, POSITIVE[name] ?? fc.integer({ min: 5, max: 300 })];
  });
  return fc.record(Object.fromEntries(parts));
}

const named = RISK_MODELS.map((model) => [model.id, model] as const);

it.each(named)('%s gives a number of whatever is in range', (_id, model) => {
  fc.assert(
    fc.property(inputOf(model), (input) => {
      const result = model.of(input);
      expect(result).toMatchObject({
        value: expect.stringMatching(/^-?\d+(\.\d+)?$/) as string,
        unit: model.unit,
      });
      if (isValue(result) && result.class) expect(Object.keys(model.classes)).toContain(result.class);
    }),
  );
});

it.each(named)('%s gives none where an input is missing, and says which', (_id, model) => {
  fc.assert(
    fc.property(inputOf(model), fc.constantFrom(...Object.keys(model.inputs)), (input, name) => {
      const { onlyFor } = model.inputs[name]!;
      const result = model.of({ ...input, [name]: undefined });
      // What counts for one sex alone is not asked of the other.
      if (onlyFor && input.sex !== onlyFor) expect(isValue(result)).toBe(true);
      else expect(result).toMatchObject({ notApplicable: 'missing', input: name });
    }),
  );
});

it.each(named)(
  '%s gives none where an input is out of range, and says which and what it may be',
  (_id, model) => {
    const beyond = Object.entries(model.inputs).flatMap(([name, rule]): [string, unknown][] => {
      if (rule.kind === 'word')
        return [
          [name, 'neither'],
          [name, ''],
        ];
      if (rule.kind === 'yes-no') return rule.mustBe === undefined ? [[name, 'yes']] : [[name, !rule.mustBe]];
      const { from, to, above, below } = rule;
      const ends = [
        from === undefined ? undefined : from - 0.01,
        to === undefined ? undefined : to + 0.01,
        above,
        below,
        -1,
        NaN,
        Infinity,
        -Infinity,
        '',
        'x',
        '1e',
      ];
      return ends.filter((end) => end !== undefined).map((end) => [name, end]);
    });
    fc.assert(
      fc.property(inputOf(model), fc.constantFrom(...beyond), (input, [name, value]) => {
        const { onlyFor } = model.inputs[name]!;
        if (onlyFor && input.sex !== onlyFor) return;
        const result = model.of({ ...input, [name]: value });
        expect(isValue(result)).toBe(false);
        // Without a sex, what counts for one alone is not looked at: the sex is the reason all the same.
        expect(result).toMatchObject({ input: name, limits: expect.stringMatching(/\S/) as string });
      }),
      { numRuns: 300 },
    );
  },
);

/** What a change of one input does to the value, of anybody in range of whom `where` holds. */
function moves(
  model: RiskModel,
  name: string,
  direction: 'up' | 'down',
  where: (input: Input) => boolean = () => true,
): void {
  const rule = model.inputs[name]!;
  const changed = (input: Input): fc.Arbitrary<unknown> => {
    if (rule.kind === 'yes-no') return fc.constant(true);
    return inputOf(model).map((other) => Math.max(Number(other[name]), Number(input[name])));
  };
  const pairs = inputOf(model).chain((one) => {
    const before = rule.kind === 'yes-no' ? { ...one, [name]: false } : one;
    return changed(before).map((value) => [before, { ...before, [name]: value }] as const);
  });
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      fc.pre(where(before) && where(after));
      const [low, high] = [model.of(before), model.of(after)];
      if (!isValue(low) || !isValue(high)) throw new Error('not in range');
      const difference = high.unrounded - low.unrounded;
      expect(direction === 'up' ? difference : -difference).toBeGreaterThanOrEqual(-1e-9);
    }),
    { numRuns: 300 },
  );
}

describe('China-PAR', () => {
  const model = CHINA_PAR as RiskModel;
  const is = (input: Input) => input as unknown as ChinaParInput;
  it.each(['systolicBp', 'cholesterolTotal', 'hasDiabetes', 'livesInNorth'])('%s raises it', (name) => {
    moves(model, name, 'up');
  });
  it('HDL lowers it', () => moves(model, 'hdlC', 'down'));
  it('the waist raises it in women, and lowers it in men', () => {
    moves(model, 'waist', 'up', (input) => input.sex === 'female');
    moves(model, 'waist', 'down', (input) => input.sex === 'male');
  });
  it('smoking raises it in women, and in men up to 67 years: the term with age turns its sign between 67 and 68', () => {
    moves(model, 'isSmoker', 'up', (input) => input.sex === 'female' || is(input).age <= 67);
    moves(model, 'isSmoker', 'down', (input) => input.sex === 'male' && is(input).age >= 68);
  });
  it('family history raises it in men up to 58 years: the same', () => {
    moves(model, 'familyHistory', 'up', (input) => input.sex === 'male' && is(input).age <= 58);
  });
  it('age raises it, in men only where pressure and what goes with age leave it room', () => {
    moves(model, 'age', 'up', (input) => {
      const { sex, isTreated, systolicBp, familyHistory } = is(input);
      return sex === 'female' || (!familyHistory && (!isTreated || Number(systolicBp) <= 150));
    });
  });
});

describe.each(
  [PREVENT_CVD, PREVENT_ASCVD, PREVENT_HF, PREVENT_CHD, PREVENT_STROKE, ...PREVENT_WITH_UACR].map(
    (model) => [model.id, model] as const,
  ),
)('%s', (id, model) => {
  it.each(['isSmoker', 'hasDiabetes'])('%s raises it', (name) => moves(model, name, 'up'));
  it('systolic pressure raises it from 110 mmHg on: below, the curve falls', () => {
    // With treatment the term with age turns its sign late in life, of heart failure with albumin at 76 years.
    moves(
      model,
      'systolicBp',
      'up',
      (input) => Number(input.systolicBp) >= 110 && !(input.isTreated && Number(input.age) > 75),
    );
    moves(model, 'systolicBp', 'down', (input) => Number(input.systolicBp) <= 110);
  });
  it('age raises it in people without diabetes whose eGFR is 60 or more: other terms shrink with age', () => {
    moves(model, 'age', 'up', (input) => !input.hasDiabetes && Number(input.egfr) >= 60);
  });
  if (!id.startsWith('prevent-hf')) {
    /** In young men lipids turn their sign for stroke. */
    const holds = ({ sex, age }: Input) => !id.includes('stroke') || sex === 'female' || Number(age) >= 43;
    it('HDL lowers it, stroke in men from 43 years on', () => moves(model, 'hdlC', 'down', holds));
    it('total cholesterol raises it up to 58 years: later it may lower it', () => {
      moves(model, 'cholesterolTotal', 'up', (input) => Number(input.age) <= 58 && holds(input));
    });
  }
});

it('creatinine and age lower the eGFR; that of Lund-Malmö only from 28 years on, where its two terms of age meet', () => {
  moves(CKD_EPI_2021_CR, 'creatinine', 'down');
  moves(CKD_EPI_2021_CR, 'age', 'down');
  moves(LUND_MALMO_REVISED, 'creatinine', 'down');
  moves(LUND_MALMO_REVISED, 'age', 'down', (input) => Number(input.age) >= 28);
});

it.each(PREVENT_WITH_UACR.map((model) => [model.id, model] as const))(
  'albumin in urine raises %s',
  (_id, model) => {
    moves(model, 'uacr', 'up');
  },
);

it('age and AST raise FIB-4, ALT and platelets lower it', () => {
  moves(FIB_4, 'age', 'up');
  moves(FIB_4, 'ast', 'up');
  moves(FIB_4, 'alt', 'down');
  moves(FIB_4, 'plt', 'down');
});
