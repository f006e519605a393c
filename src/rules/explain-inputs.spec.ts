import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import '../../test/support/property-seed.js';
import { catalogue, factsOf, result, stands, zone } from '../../test/support/explaining.js';
import { file } from '../../test/support/one-rule.js';
import { type MeasuredFact, type PersonFacts, UNKNOWN_PERSON } from '../kernel/index.js';
import { explain } from './domain/explain/explain.js';
import { type Change, type InputChange } from './domain/explain/explanation.js';
import { readRules } from './domain/files/read-rules.js';
import { addDerived, withFormulas } from './domain/formula/with-formulas.js';
import { modelFacts } from './domain/formula/model-facts.js';
import { judgeRule } from './domain/judge.js';
import { type Outcome, type Rule } from './domain/rule.js';
import { makeReady } from './domain/rule-set.js';
import { readFiles } from './read-files.js';

const RUNS = Number(process.env['FIRSTCALL_EXPLAIN_RUNS'] ?? 200);
const MAN: PersonFacts = { ...UNKNOWN_PERSON, sex: 'male', ageYears: 60, ageDays: 21_915 };

let known: typeof catalogue;
beforeAll(async () => {
  const files = (await readFiles('rules')).filter(({ path }) => path.startsWith('formulas/'));
  const shipped = await readRules(files, catalogue);
  known = withFormulas(catalogue, [...shipped.formulas.filter((one) => !('call' in one)), ...modelFacts(catalogue)]);
});

async function ruleOf(conditions: string): Promise<Rule> {
  const text = file({ conditions, kind: 'critical', examples: ['{ facts: {}, expect: unknown }'], population: 'any' });
  const { placed, faults } = await readRules([{ path: 'pack/a.yaml', text }], known, { wereInForce: true });
  if (!placed[0]) throw new Error(JSON.stringify(faults));
  return placed[0].rule;
}

/** What intake hands to a rule: the results of a day, and all that is computed from them. */
async function judged(rule: Rule, sent: Readonly<Record<string, string>>): Promise<Outcome> {
  const measured = new Map(Object.entries(sent).map(([analyte, asSent]): [string, MeasuredFact] => [analyte, result(analyte, asSent)]));
  addDerived(measured, known.formulas, MAN);
  return judgeRule(makeReady(rule), factsOf([...measured.values()], MAN));
}

async function changesOf(rule: Rule, sent: Readonly<Record<string, string>>): Promise<{ outcome: Outcome; changes: readonly Change[] }> {
  const outcome = await judged(rule, sent);
  const evidence = JSON.parse(JSON.stringify(outcome.evidence)) as Outcome['evidence'];
  return { outcome, changes: explain(rule, evidence, { catalogue: known, zone })?.smallestChange?.changes ?? [] };
}

it.each([
  ['bmi, 28.0', '{ fact: bmi, operator: greaterThanInclusive, value: 28.0, unit: kg/m2 }', { 'body-weight': '82.0 kg', 'body-height': '1.70 m' }, ['体重 82.0 kg → ≤ 80.7 kg', '身高 1.70 m → ≥ 1.72 m']],
  ['in the units as sent', '{ fact: bmi, operator: greaterThanInclusive, value: 28.0, unit: kg/m2 }', { 'body-weight': '82000 g', 'body-height': '170.0 cm' }, ['体重 82000 g → ≤ 80775 g', '身高 170.0 cm → ≥ 171.3 cm']],
  ['a difference', '{ fact: non-hdl-c, operator: greaterThanInclusive, value: 4.9, unit: mmol/L }', { 'cholesterol-total': '6.20 mmol/L', 'hdl-c': '1.00 mmol/L' }, ['总胆固醇 6.20 mmol/L → ≤ 5.84 mmol/L', '高密度脂蛋白胆固醇 1.00 mmol/L → ≥ 1.36 mmol/L']],
  ['a model', '{ fact: egfr, operator: lessThan, value: 60, unit: "mL/min/{1.73_m2}" }', { creatinine: '140 umol/L' }, ['肌酐 140 umol/L → ≤ 120 umol/L']],
])('what was sent, of which a value was computed: %s', async (_, condition, sent, says) => {
  const { changes } = await changesOf(await ruleOf(`{ all: [${condition}] }`), sent);
  expect(changes.flatMap(({ inputs }) => inputs.map((one) => one.says.zh))).toEqual(says);
});

it('of what was measured itself there is nothing behind it', async () => {
  const { changes } = await changesOf(await ruleOf('{ all: [{ fact: hb, operator: lessThan, value: 60, unit: g/L }] }'), { hb: '58 g/L' });
  expect(changes).toMatchObject([{ to: '60', inputs: [] }]);
});

it('where no possible value of one result alone silences, it says so', async () => {
  const rule = await ruleOf('{ all: [{ fact: bmi, operator: greaterThan, value: 8, unit: kg/m2 }] }');
  const { changes } = await changesOf(rule, { 'body-weight': '80.0 kg', 'body-height': '1.70 m' });
  expect(changes[0]!.inputs).toMatchObject([
    { to: '23.2 kg', reaches: 'down' },
    { to: null, reaches: null, says: { zh: '身高 1.70 m：单独改这一项不行' } },
  ]);
});

it('of a span, of which only an end was sent, no single number is said', async () => {
  const rule = await ruleOf('{ all: [{ fact: non-hdl-c, operator: greaterThan, value: 4, unit: mmol/L }] }');
  const { changes } = await changesOf(rule, { 'cholesterol-total': '>9.0 mmol/L', 'hdl-c': '1.0 mmol/L' });
  expect(changes[0]!.inputs[0]).toMatchObject({ from: '>9.0 mmol/L', to: null });
});

it('a result that is itself compared is changed for both', async () => {
  const rule = await ruleOf('{ all: [{ fact: egfr, operator: lessThan, value: 60, unit: "mL/min/{1.73_m2}" }, { fact: creatinine, operator: greaterThan, value: 130, unit: umol/L }] }');
  const { changes } = await changesOf(rule, { creatinine: '131 umol/L' });
  for (const { to, inputs } of changes) if (inputs.length > 0) expect([to, inputs[0]!.to]).toEqual(['60', '130 umol/L']);
});

const number = (least: number, most: number, digits: number) =>
  fc.integer({ min: least * 10 ** digits, max: most * 10 ** digits }).map((n) => (n / 10 ** digits).toFixed(digits));
const comparison = fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive');
const on = (fact: string, unit: string, limit: fc.Arbitrary<string>) =>
  fc.tuple(comparison, limit).map(([operator, value]) => `{ fact: ${fact}, operator: ${operator}, value: ${value}, unit: '${unit}' }`);
const LEAF = fc.oneof(
  on('bmi', 'kg/m2', number(18, 40, 1)),
  on('whtr', '1', number(0, 1, 2)),
  on('non-hdl-c', 'mmol/L', number(2, 7, 1)),
  on('egfr', 'mL/min/{1.73_m2}', number(15, 110, 0)),
  on('fib-4', '1', number(1, 4, 2)),
  on('homa-ir', '1', number(1, 6, 1)),
);
const BESIDE = fc.oneof(LEAF, on('hdl-c', 'mmol/L', number(1, 2, 1)), on('creatinine', 'umol/L', number(60, 200, 0)), on('ast', 'U/L', number(20, 90, 0)));
const RULE = fc.tuple(fc.constantFrom('all', 'any'), LEAF, fc.option(BESIDE, { nil: null })).map(
  ([kind, leaf, beside]) => `{ ${kind}: [${[leaf, ...(beside ? [beside] : [])].join(', ')}] }`,
);
const in2 = (a: fc.Arbitrary<string>, b: fc.Arbitrary<string>) => fc.oneof(a, b);
const SENT = fc.record({
  'body-weight': in2(number(50, 120, 1).map((n) => `${n} kg`), number(50_000, 120_000, 0).map((n) => `${n} g`)),
  'body-height': in2(number(1, 2, 2).map((n) => `${n} m`), number(150, 190, 0).map((n) => `${n} cm`)),
  waist: number(65, 120, 0).map((n) => `${n} cm`),
  'cholesterol-total': in2(number(4, 8, 2).map((n) => `${n} mmol/L`), number(150, 300, 0).map((n) => `${n} mg/dL`)),
  'hdl-c': in2(number(1, 2, 2).map((n) => `${n} mmol/L`), number(25, 80, 0).map((n) => `${n} mg/dL`)),
  creatinine: in2(number(50, 300, 0).map((n) => `${n} umol/L`), number(1, 4, 2).map((n) => `${n} mg/dL`)),
  ast: number(15, 120, 0).map((n) => `${n} U/L`),
  alt: number(15, 120, 0).map((n) => `${n} U/L`),
  plt: number(80, 350, 0).map((n) => `${n} 10*9/L`),
  'glucose-fasting': number(4, 12, 1).map((n) => `${n} mmol/L`),
  'insulin-fasting': number(3, 40, 1).map((n) => `${n} m[IU]/L`),
});

it('computed again from what would have been sent, the rule is silent; a last digit less, it is not; where nothing is said, nothing near does it', async () => {
  const met = { changes: 0, none: 0 };
  await fc.assert(
    fc.asyncProperty(RULE, SENT, async (conditions, sent) => {
      const rule = await ruleOf(conditions);
      const { outcome, changes } = await changesOf(rule, sent);
      fc.pre(stands(outcome));
      // Each input is changed alone; where several things must change, they all do.
      fc.pre(changes.length === 1);
      const [{ inputs } = { inputs: [] as readonly InputChange[] }] = changes;
      for (const input of inputs) {
        const analyte = input.observationId.replace(/-0$/, '');
        const standsWith = async (written: string) => stands(await judged(rule, { ...sent, [analyte]: written }));
        expect(input.from).toBe(sent[analyte as keyof typeof sent]);
        if (input.to === null) {
          met.none++;
          for (const share of [0.6, 0.8, 0.9, 1.1, 1.25, 1.6]) expect([input.says.en, share, await standsWith(scaled(input.from, share))]).toEqual([input.says.en, share, true]);
          continue;
        }
        met.changes++;
        expect([input.says.en, await standsWith(input.to)]).toEqual([input.says.en, false]);
        expect([input.says.en, await standsWith(nearer(input.to, input.reaches!))]).toEqual([input.says.en, true]);
      }
    }),
    { numRuns: RUNS },
  );
  expect(met.changes).toBeGreaterThan(RUNS / 2);
}, 900_000);

/** One unit of the last digit back towards what was sent. */
function nearer(sent: string, reaches: 'up' | 'down'): string {
  const [digits = '', ...unit] = sent.split(' ');
  const places = digits.split('.')[1]?.length ?? 0;
  const back = new Decimal(10).pow(-places).times(reaches === 'up' ? -1 : 1);
  return [new Decimal(digits).plus(back).toFixed(places), ...unit].join(' ');
}

function scaled(sent: string, share: number): string {
  const [digits = '', ...unit] = sent.split(' ');
  return [new Decimal(digits).times(share).toFixed(digits.split('.')[1]?.length ?? 0), ...unit].join(' ');
}
