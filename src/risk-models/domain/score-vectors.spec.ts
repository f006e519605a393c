import { basename } from 'node:path';
import { exactly } from '../../kernel/index.js';
import { readRules } from '../../rules/domain/files/read-rules.js';
import { evaluate } from '../../rules/domain/formula/evaluate.js';
import { type ArithmeticFormula } from '../../rules/domain/formula/formula.js';
import { catalogueOf } from '../../rules/domain/vocabulary-catalogue.js';
import { readFiles } from '../../rules/read-files.js';
import { loadVocabulary } from '../../terminology/load-vocabulary.js';
import { describeWithData, listTestData, testData } from '../../../test/support/test-data.js';
import { CHADS2 } from './chads2.js';
import { ESTIMATED_AVERAGE_GLUCOSE } from './estimated-average-glucose.js';
import { FINDRISC, type FindriscInput } from './findrisc.js';
import { LUND_MALMO_REVISED } from './lund-malmo.js';
import { AVPU, MEWS, type MewsInput } from './mews.js';
import { isValue, type ModelResult, type ModelValue, type RiskModel, type Sex } from './model.js';
import {
  PREVENT_ASCVD,
  PREVENT_CHD,
  PREVENT_CVD,
  PREVENT_HF,
  PREVENT_STROKE,
  PREVENT_WITH_UACR,
} from './prevent.js';

interface Element {
  name: string;
  value?: number;
  unit?: string;
  ordinal?: number;
  text?: string;
}
interface GdlFile {
  cases: { id: string; input: Element[]; expected: Element[] }[];
}

function valueOf(result: ModelResult): ModelValue {
  if (!isValue(result)) throw new Error(JSON.stringify(result));
  return result;
}

const mmol = (mgDl: number) => mgDl * 0.02586;

describeWithData('published score vectors', () => {
  interface KhanCase {
    outcome: string;
    years: number;
    inputs: Record<string, string | string[]>;
    expected_probability: Record<Sex, number>;
  }
  const PREVENT: Record<string, RiskModel> = {
    cvd: PREVENT_CVD,
    ascvd: PREVENT_ASCVD,
    hf: PREVENT_HF,
    chd: PREVENT_CHD,
    stroke: PREVENT_STROKE,
  };
  const { cases } = testData<{ cases: KhanCase[] }>('score-vectors/prevent-khan2023-table-s12.json');

  it('PREVENT, table S12 of Khan 2023, four decimals', () => {
    expect(cases).toHaveLength(5);
    for (const { outcome, years, inputs, expected_probability } of cases) {
      expect(years).toBe(10);
      const [of, isYes] = [
        (name: string) => Number(inputs[name]![0]),
        (name: string) => inputs[name]![0] === 'yes',
      ];
      const client = {
        age: of('age_years'),
        priorCvd: false,
        cholesterolTotal: mmol(of('chol_total_mgdl')),
        hdlC: mmol(of('chol_hdl_mgdl')),
        systolicBp: of('bp_sys_mmhg'),
        isTreated: isYes('bp_meds'),
        hasDiabetes: isYes('diabetes'),
        isSmoker: isYes('smoke_current'),
        takesStatin: isYes('statin_meds'),
        egfr: of('egfr_mlminm2'),
        bmi: of('bmi'),
      };
      for (const sex of ['female', 'male'] as const) {
        const risk = valueOf(PREVENT[outcome]!.of({ ...client, sex }));
        expect((risk.unrounded / 100).toFixed(4)).toBe(expected_probability[sex].toFixed(4));
      }
    }
  });

  it('PREVENT, snapshots of preventr, percent to one decimal', () => {
    interface Snapshot {
      input: Record<string, number | boolean | null>;
      model: string[];
      expected_percent: Record<
        'total_cvd' | 'ascvd' | 'heart_failure' | 'chd' | 'stroke',
        Record<Sex, number>
      >;
    }
    const { cases } = testData<{ cases: Snapshot[] }>('score-vectors/prevent-preventr.json');
    expect(cases).toHaveLength(2);
    const base = [PREVENT_CVD, PREVENT_ASCVD, PREVENT_HF, PREVENT_CHD, PREVENT_STROKE];
    for (const { model, input: is, expected_percent: expected } of cases) {
      const models = (
        { 'Base model.': base, 'Base model adding UACR.': PREVENT_WITH_UACR } as Record<
          string,
          readonly object[]
        >
      )[model.join()]!;
      const client = {
        priorCvd: false,
        age: is.age as number,
        cholesterolTotal: mmol(is.total_c as number),
        hdlC: mmol(is.hdl_c as number),
        systolicBp: is.sbp as number,
        isTreated: is.bp_tx as boolean,
        hasDiabetes: is.dm as boolean,
        isSmoker: is.smoking as boolean,
        takesStatin: is.statin as boolean,
        egfr: is.egfr as number,
        bmi: is.bmi as number,
        uacr: is.uacr as number,
      };
      for (const sex of ['female', 'male'] as const) {
        const risks = models.map((model) =>
          Number(valueOf((model as RiskModel).of({ ...client, sex })).value),
        );
        expect(risks).toEqual(
          (['total_cvd', 'ascvd', 'heart_failure', 'chd', 'stroke'] as const).map(
            (name) => expected[name][sex],
          ),
        );
      }
    }
  });

  it('estimated average glucose, of the GDL library, from HbA1c in mmol/mol (10.93 × % − 23.5)', () => {
    const { cases } = testData<GdlFile>('score-vectors/gdl/Estimated_Average_Glucose.v1.json');
    expect(cases.length).toBeGreaterThanOrEqual(5);
    for (const { id, input, expected } of cases) {
      const ifcc = input.find(({ unit }) => unit === 'mmol/mol');
      const ngsp = ifcc ? (ifcc.value! + 23.5) / 10.93 : input[0]!.value!;
      const { unrounded } = valueOf(ESTIMATED_AVERAGE_GLUCOSE.of({ hba1c: ngsp }));
      for (const { unit, value } of expected) {
        const found = unit === 'mg/dl' ? unrounded * 18.018 : unrounded;
        expect([id, Math.abs(found - value!) <= 0.05 + (unit === 'mg/dl' ? 0.5 : 0)]).toEqual([id, true]);
      }
    }
  });

  it('body mass index, of the GDL library, two decimals: the shipped formula', async () => {
    const vocabulary = catalogueOf(loadVocabulary('vocabulary'));
    const { formulas } = await readRules(await readFiles('rules'), vocabulary);
    const bmi = formulas.find(({ id }) => id === 'bmi')! as ArithmeticFormula;
    const { cases } = testData<GdlFile>('score-vectors/gdl/BMI.v1.json');
    expect(cases.length).toBeGreaterThanOrEqual(7);
    for (const { id, input, expected } of cases) {
      const of = (name: string) => input.find((one) => one.name.startsWith(name))!.value!;
      const { low } = evaluate(
        bmi.expression,
        new Map([
          ['weight', exactly(String(of('Weight')))],
          ['height', exactly(String(of('Height')))],
        ]),
      );
      const found = Number(low) * (Number(low) < 1 ? 10_000 : 1);
      const wanted = expected.find(({ name }) => name === 'Body Mass Index')!.value!;
      expect([id, found.toFixed(2)]).toEqual([id, wanted.toFixed(2)]);
    }
  });

  it('every file of vectors is reproduced here', () => {
    const reproduced = [
      'BMI.v1',
      'CHADS2.v1',
      'Estimated_Average_Glucose.v1',
      'FINDRISC_Finnish_Diabetes_Risk_Score.v1',
      'LM_Revised_eGFR.v0',
      'MEWS.v1.2',
    ];
    const files = listTestData('score-vectors').map((path) => basename(path));
    const prevent = ['prevent-khan2023-table-s12.json', 'prevent-preventr.json'];
    expect(files.sort()).toEqual([...reproduced.map((name) => `${name}.json`), ...prevent].sort());
  });

  it('eGFR of Lund-Malmö, of the GDL library, whole numbers, at 25 years (its person was born in 1994)', () => {
    const { cases } = testData<GdlFile>('score-vectors/gdl/LM_Revised_eGFR.v0.json');
    expect(cases).toHaveLength(8);
    for (const { id, input, expected } of cases) {
      const { value, unit } = input.find(({ name }) => name === 'pCr')!;
      const creatinine = unit === 'umol/l' ? value! : value! * 88.4;
      const sex = input.find(({ name }) => name === 'Gender')!.text === 'Male' ? 'male' : 'female';
      const wanted = expected.find(({ name }) => name === 'Relative eGFR')!.value;
      expect([id, valueOf(LUND_MALMO_REVISED.of({ sex, age: 25, creatinine })).value]).toEqual([
        id,
        String(wanted),
      ]);
    }
  });

  it('CHADS2, of the GDL library: points, class and the rate of its words', () => {
    const file = testData<GdlFile & { current_datetime: string }>('score-vectors/gdl/CHADS2.v1.json');
    expect(file.cases).toHaveLength(7);
    for (const { id, input, expected } of file.cases) {
      const is = (name: string) => input.find((one) => one.name.startsWith(name))!.text!;
      const days = Date.parse(file.current_datetime) - Date.parse(is('Birthdate').slice(0, 10));
      const said = valueOf(
        CHADS2.of({
          hasAtrialFibrillation: true,
          age: Math.floor(days / (365.2425 * 86_400_000)),
          hasHeartFailure: is('Congestive') === 'Present',
          hasHypertension: is('Hypertension') === 'Present',
          hasDiabetes: is('Diabetes') === 'Present',
          hadStroke: is('Stroke') === 'Present',
        }),
      );
      const of = (name: string) => expected.find((one) => one.name.startsWith(name));
      expect([id, said.value, `${CHADS2.classes[said.class!]!.en} risk`]).toEqual([
        id,
        String(of('Total score')!.value),
        of('Risk assessment')!.text!.toLowerCase(),
      ]);
      const yearly = of('Annual risk')?.text?.replace('%', '');
      const rates = /about (.*) % strokes/.exec(CHADS2.uncertainty.en)![1]!.split(', ');
      if (yearly) expect([id, rates[Number(said.value)]]).toEqual([id, yearly]);
    }
  });

  it('MEWS, of the GDL library, which counts what was not measured as 0: here that is no number, and with a normal value the same', () => {
    const { cases } = testData<GdlFile>('score-vectors/gdl/MEWS.v1.2.json');
    expect(cases).toHaveLength(7);
    const normal = { respiratoryRate: 12, pulse: 70, systolicBp: 120, temperature: 37, urineOutput: 2000 };
    for (const { id, input, expected } of cases) {
      const is = (name: string) => input.find((one) => one.name.startsWith(name));
      const avpu = is('AVPU')!.text!;
      const consciousness = (
        { Alert: AVPU[0], Voice: AVPU[1], Pain: AVPU[2], Unresponsive: AVPU[3] } as const
      )[avpu as 'Alert' | 'Voice' | 'Pain' | 'Unresponsive'];
      const measured: Partial<MewsInput> = {
        age: 60,
        consciousness:
          consciousness === 'alert' && is('New Confusion')?.text === 'Present' ? AVPU[1] : consciousness,
        respiratoryRate: is('Respiration')?.value,
        pulse: is('Pulse')?.value,
        systolicBp: is('Systolic')?.value,
        temperature: is('Temperature')?.value,
        urineOutput: is('Total urine')?.value,
      };
      const given = Object.fromEntries(Object.entries(measured).filter(([, value]) => value !== undefined));
      const lacks = Object.keys(normal).filter((name) => !(name in given));
      if (lacks.length > 0)
        expect([id, MEWS.of(given)]).toMatchObject([id, { notApplicable: 'missing', input: lacks[0] }]);
      const wanted = expected.find(({ name }) => name === 'Total score')!.value;
      expect([id, valueOf(MEWS.of({ ...normal, ...given })).value]).toEqual([id, String(wanted)]);
    }
  });

  it('FINDRISC, of the GDL library', () => {
    const { cases } = testData<GdlFile>('score-vectors/gdl/FINDRISC_Finnish_Diabetes_Risk_Score.v1.json');
    expect(cases.length).toBeGreaterThanOrEqual(10);
    for (const { id, input, expected } of cases) {
      const is = (name: string) => input.find((one) => one.name.startsWith(name))!;
      const client: FindriscInput = {
        sex: is('Gender').text === 'Male' ? 'male' : 'female',
        age: is('Age').value!,
        bmi: is('Body Mass').value!,
        waist: is('Waist').value!,
        isActive: is('Physical').ordinal === 0,
        eatsVegetables: is('Daily').ordinal === 0,
        isTreated: is('Use of').ordinal === 2,
        hadHighGlucose: is('History').ordinal === 5,
        relatives: ({ 0: 'none', 3: 'second-degree', 5: 'first-degree' } as const)[
          is('Family').ordinal as 0 | 3 | 5
        ],
      };
      const total = expected.find(({ name }) => name === 'FINDRSIC total score')!.value;
      expect([id, valueOf(FINDRISC.of(client)).value]).toEqual([id, String(total)]);
    }
  });
});
