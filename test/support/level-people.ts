import { type MeasuredFact, UNKNOWN_PERSON } from '../../src/kernel/index.js';
import { assessLevel } from '../../src/assessment/domain/assess-level.js';
import { type LevelAssessment, type LevelInput } from '../../src/assessment/domain/level-assessment.js';
import { type AnalyteCatalogue } from '../../src/rules/domain/catalogue.js';
import { readRules } from '../../src/rules/domain/files/read-rules.js';
import { withFormulas } from '../../src/rules/domain/formula/with-formulas.js';
import { buildRuleSet, type RuleSet } from '../../src/rules/domain/rule-set.js';
import { catalogueOf } from '../../src/rules/domain/vocabulary-catalogue.js';
import { readFiles } from '../../src/rules/read-files.js';
import { loadVocabulary } from '../../src/terminology/load-vocabulary.js';

/** Somebody whose basic set is complete and without anything to say. */
export const WELL: Readonly<Record<string, string>> = {
  'systolic-bp': '118',
  'diastolic-bp': '76',
  bmi: '22.4',
  'glucose-fasting': '5.1',
  'cholesterol-total': '4.6',
  triglycerides: '1.1',
  'ldl-c': '2.4',
  'hdl-c': '1.4',
  creatinine: '76',
  hb: '145',
  wbc: '5.6',
  plt: '230',
  'urine-protein': '-',
  'urine-glucose': '-',
  'urine-blood': '-',
};

/** Upper limits that reports carry. */
const LIMITS: Readonly<Record<string, string>> = {
  creatinine: '97',
  alt: '40',
  ast: '40',
  'bilirubin-total': '21',
  cea: '5',
  tsh: '4.2',
};

/** Lower ends that rules look at. */
const LOWER_LIMITS: Readonly<Record<string, string>> = { tsh: '0.27', ft4: '12' };

export const MAN = { ...UNKNOWN_PERSON, sex: 'male' as const, ageYears: 45 };

/** The shipped rules with people to ask them about. */
export class LevelPeople {
  private constructor(
    readonly ruleSet: RuleSet,
    readonly catalogue: AnalyteCatalogue,
  ) {}

  static async shipped(): Promise<LevelPeople> {
    const vocabulary = catalogueOf(loadVocabulary('vocabulary'));
    const { rules, formulas, levels } = await readRules(await readFiles('rules'), vocabulary);
    return new LevelPeople(buildRuleSet('test', rules, formulas, levels), withFormulas(vocabulary, formulas));
  }

  /** A value as a laboratory sends it; `without limit` leaves the report's own limit out. */
  measured(
    analyte: string,
    written: string,
    limits: Readonly<Record<string, string>> = LIMITS,
  ): MeasuredFact {
    const value = this.catalogue.read(analyte, written);
    if (!value) throw new Error(`${analyte}: ${written}`);
    const unit = this.catalogue.get(analyte)?.unit ?? '1';
    const high = limits[analyte];
    const ownLimit = high ? ({ from: 'range', high, highInclusive: true, unit } as const) : null;
    const low = LOWER_LIMITS[analyte];
    const ownLower = low && ({ from: 'range', low, lowInclusive: true, unit } as const);
    return {
      measurement: {
        component: 0,
        analyte,
        value,
        asSent: written,
        ownLimit,
        ...(ownLower && { ownLower }),
        doubts: [],
      },
      source: { observationId: analyte, component: 0, at: '2026-03-02T00:00:00.000Z', status: 'final' },
    };
  }

  /** The level of the well man, but for these values; null is not measured. */
  assess(values: Readonly<Record<string, string | null>>, others: Partial<LevelInput> = {}): LevelAssessment {
    return this.assessAlone({ ...WELL, ...values }, others);
  }

  /** The level of somebody with these values alone. */
  assessAlone(
    values: Readonly<Record<string, string | null>>,
    others: Partial<LevelInput> = {},
  ): LevelAssessment {
    const latest = new Map<string, MeasuredFact>();
    for (const [analyte, written] of Object.entries(values)) {
      if (written !== null) latest.set(analyte, this.measured(analyte, written));
    }
    const { levels } = this.ruleSet;
    return assessLevel({
      levels,
      person: MAN,
      latest,
      findings: [],
      ordered: new Set(),
      zone: 'Asia/Shanghai',
      ...others,
    });
  }
}
