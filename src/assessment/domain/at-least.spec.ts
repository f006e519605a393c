import fc from 'fast-check';
import '../../../test/support/property-seed.js';
import { LevelPeople } from '../../../test/support/level-people.js';
import { sentence } from '../../rules/domain/sentence.js';
import { type LevelAssessment } from './level-assessment.js';

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

function told({ reasons }: LevelAssessment): string[] {
  return reasons.flatMap((reason) => {
    if (reason.from !== 'rule') return [];
    const { rule, evidence } = reason;
    const outcome = { rule, truth: 'fires' as const, couldFire: false, reason: null, evidence, missing: [] };
    return `${rule.title.zh} | ${sentence(outcome, people.catalogue, 'zh').split('：')[0]}`;
  });
}

it.each([
  ['hba1c', '>8', '3', '糖化血红蛋白6.5–8.9，没有诊断记录，或更重 | 糖化血红蛋白 >8 %，达到或超过 6.5'],
  [
    'glucose-fasting',
    '≥7.0',
    '1–3',
    '空腹血糖7.0–11.0，没有诊断记录，或更重 | 空腹血糖 ≥7.0 mmol/L，达到或超过 7.0',
  ],
  ['hba1c', '6.0-7.0', '4', '糖化血红蛋白5.7–6.4，或更重 | 糖化血红蛋白 6.0-7.0 %，达到或超过 5.7'],
  // Of its own report's limit of 40.
  [
    'alt',
    '>90',
    '3',
    '丙氨酸氨基转移酶超过上限两倍，不超过200，或更重 | 丙氨酸氨基转移酶 >90 U/L，高于本报告上限 2 × 40',
  ],
])('%s %s is level %s at least, and says only what holds for certain', (analyte, written, text, said) => {
  const assessed = people.assess({ [analyte]: written });
  expect([assessed.text, told(assessed)]).toEqual([text, [said]]);
});

it.each([
  ['hba1c', '<6'],
  ['glucose-fasting', '5.0-6.2'],
  ['hb', '>120'],
])('%s %s may be in order, and proves nothing', (analyte, written) => {
  expect(people.assess({ [analyte]: written })).toMatchObject({ code: 5, reasons: [] });
});

it('is the mildest level of all that the value may be', () => {
  const tenths = fc.integer({ min: 20, max: 190 });
  fc.assert(
    fc.property(tenths, fc.integer({ min: 1, max: 30 }), (low, width) => {
      const levels = Array.from({ length: width + 1 }, (_, i) =>
        Number(people.assess({ 'glucose-fasting': ((low + i) / 10).toFixed(1) }).code),
      );
      const span = `${(low / 10).toFixed(1)}-${((low + width) / 10).toFixed(1)}`;
      expect(people.assess({ 'glucose-fasting': span }).code).toBe(Math.max(...levels));
    }),
    { numRuns: 60 },
  );
});
