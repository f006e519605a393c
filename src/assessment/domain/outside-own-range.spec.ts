import { LevelPeople, MAN, WELL } from '../../../test/support/level-people.js';
import { type BeyondOwnRange, type MeasuredFact } from '../../kernel/index.js';
import { sentence } from '../../rules/domain/sentence.js';
import { assessLevel } from './assess-level.js';
import { type LevelAssessment, type LevelInput } from './level-assessment.js';

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

type Value = readonly [value: string, beyond?: BeyondOwnRange];

function assess(values: Record<string, Value>, others: Partial<LevelInput> = {}): LevelAssessment {
  const latest = new Map<string, MeasuredFact>();
  for (const [analyte, written] of Object.entries(WELL))
    latest.set(analyte, people.measured(analyte, written));
  for (const [analyte, [written, beyond]] of Object.entries(values)) {
    const fact = people.measured(analyte, written);
    latest.set(analyte, { ...fact, measurement: { ...fact.measurement, ...(beyond && { beyond }) } });
  }
  const { levels } = people.ruleSet;
  const person = { ...MAN, pregnant: false };
  return assessLevel({
    levels, person, latest, findings: [], ordered: new Set(), zone: 'Asia/Shanghai', ...others,
  }); // prettier-ignore
}
const above = (limit: string | null): BeyondOwnRange => ({ side: 'above', limit });
const below = (limit: string | null): BeyondOwnRange => ({ side: 'below', limit });

/** What people are told of each reason. */
function said({ reasons }: LevelAssessment, language: 'zh' | 'en'): string[] {
  return reasons.flatMap((reason) =>
    reason.from === 'rule'
      ? sentence(
          { ...reason, truth: 'fires', couldFire: false, reason: null, missing: [] },
          people.catalogue,
          language,
        )
      : [],
  );
}

describe('a value outside the interval of its own report, of an analyte without a row', () => {
  it('is level 4, to be measured again, and each is told', () => {
    const assessed = assess({ albumin: ['38', below('40')], ggt: ['72', above('60')] });
    expect(assessed).toMatchObject({ code: 4, text: '4', undecided: [], missingBasic: [] });
    expect(assessed.reasons).toMatchObject([
      { level: 4, ruleId: 'stratification/outside-own-range-albumin', suspected: true },
      { level: 4, ruleId: 'stratification/outside-own-range-ggt', suspected: true },
    ]);
    expect(said(assessed, 'zh')).toEqual([
      expect.stringMatching(/^白蛋白 38 g\/L，低于本报告下限 40：.*再查/),
      expect.stringMatching(/^γ?-?谷氨酰.* 72 U\/L，高于本报告上限 60：/),
    ]);
    expect(said(assessed, 'en')[0]).toMatch(/^Albumin 38 g\/L, below the report's own limit 40: /);
  });

  it('without a printed limit only the side is told', () => {
    expect(said(assess({ albumin: ['38', below(null)] }), 'zh')[0]).toMatch(
      /^白蛋白 38 g\/L，低于本报告下限：/,
    );
  });

  it('within it nobody is at level 4', () => {
    expect(assess({ albumin: ['45'], ggt: ['30'] })).toMatchObject({ code: 5, reasons: [] });
  });

  it.each(['glucose', 'glucose-meter', 'hbsab', 'beta-hcg', 'urine-ph'])('%s is left out', (analyte) => {
    expect(assess({ [analyte]: ['6.9', above('6.1')] }).reasons).toEqual([]);
  });

  it('an analyte with a row goes by its row', () => {
    expect(assess({ 'systolic-bp': ['124', above('120')], 'ldl-c': ['3.2', above('3.1')] }).code).toBe(5);
  });

  it('in pregnancy ordinary intervals do not hold', () => {
    const person = { ...MAN, sex: 'female' as const, pregnant: true };
    const { reasons } = assess({ albumin: ['34', below('40')] }, { person });
    expect(reasons.filter(({ ruleId }) => ruleId.includes('outside-own-range'))).toEqual([]);
  });

  it('a graver reason decides, and both are told', () => {
    const { code, reasons } = assess({ 'systolic-bp': ['150'], albumin: ['38', below('40')] });
    expect(code).toBe(3);
    expect(reasons.map(({ level }) => level)).toEqual([3, 4]);
  });
});
