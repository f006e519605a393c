import { describeWithData, testData } from '../../../test/support/test-data.js';
import { FINDRISC, type FindriscInput } from './findrisc.js';
import { isValue, type ModelResult, type ModelValue, type RiskModel, type Sex } from './model.js';
import { PREVENT_ASCVD, PREVENT_CVD, PREVENT_HF } from './prevent.js';

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
  const PREVENT: Record<string, RiskModel> = { cvd: PREVENT_CVD, ascvd: PREVENT_ASCVD, hf: PREVENT_HF };
  const { cases } = testData<{ cases: KhanCase[] }>('score-vectors/prevent-khan2023-table-s12.json');

  it('PREVENT, table S12 of Khan 2023, four decimals; coronary disease and stroke are other equations', () => {
    const tried = cases.filter(({ outcome, years }) => PREVENT[outcome] && years === 10);
    expect(tried).toHaveLength(3);
    for (const { outcome, inputs, expected_probability } of tried) {
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
      expected_percent: Record<'total_cvd' | 'ascvd' | 'heart_failure', Record<Sex, number>>;
    }
    const { cases } = testData<{ cases: Snapshot[] }>('score-vectors/prevent-preventr.json');
    const tried = cases.filter(({ model }) => model.join() === 'Base model.');
    expect(tried.length).toBeGreaterThan(0);
    for (const { input: is, expected_percent: expected } of tried) {
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
      };
      for (const sex of ['female', 'male'] as const) {
        const risks = [PREVENT_CVD, PREVENT_ASCVD, PREVENT_HF].map((model) =>
          Number(valueOf((model as RiskModel).of({ ...client, sex })).value),
        );
        expect(risks).toEqual([expected.total_cvd[sex], expected.ascvd[sex], expected.heart_failure[sex]]);
      }
    }
  });

  it('FINDRISC, of the GDL library', () => {
    interface Element {
      name: string;
      value?: number;
      ordinal?: number;
      text?: string;
    }
    const { cases } = testData<{ cases: { id: string; input: Element[]; expected: Element[] }[] }>(
      'score-vectors/gdl/FINDRISC_Finnish_Diabetes_Risk_Score.v1.json',
    );
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
