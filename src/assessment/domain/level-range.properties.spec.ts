import fc from 'fast-check';
import '../../../test/support/property-seed.js';
import { basic, further, person } from '../../../test/support/level-arbitraries.js';
import { LevelPeople, WELL } from '../../../test/support/level-people.js';
import { type LevelAssessment } from './level-assessment.js';

/** `npm run levels:range-proof` asks 5,000 people. */
const RUNS = Number(process.env.FIRSTCALL_LEVEL_RUNS ?? 400);

let people: LevelPeople;
beforeAll(async () => {
  people = await LevelPeople.shipped();
});

function rangeOf({ text }: LevelAssessment): { from: number; to: number } {
  const [from, to = from] = text.split('–').map(Number);
  return { from: from!, to: to! };
}

it(`with all values there is one level; with some of the basic set hidden it lies in the range shown (${RUNS} people)`, () => {
  const hidden = fc.subarray(Object.keys(WELL), { maxLength: 8 });
  const met = { ranges: 0, unknown: 0, graver: 0 };
  fc.assert(
    fc.property(basic, fc.oneof(fc.constant({}), further), person, hidden, (values, others, who, without) => {
      const all: Record<string, string> = { ...values, ...others };
      const whole = people.assessAlone(all, { person: who });
      fc.pre(
        !whole.domains.some(({ cannotBeJudged }) => cannotBeJudged.length > 0) || whole.code !== 'unknown',
      );
      expect(whole.missingBasic).toEqual([]);
      expect(whole.text).toBe(String(whole.code));
      const { basic: ofBasicSet } = people.ruleSet.levels;
      const seen = Object.fromEntries(
        Object.entries(all).filter(([analyte]) => !ofBasicSet.has(analyte) || !without.includes(analyte)),
      );
      const part = people.assessAlone(seen, { person: who });
      const { from, to } = rangeOf(part);
      expect(from).toBeLessThanOrEqual(Number(whole.code));
      expect(to).toBeGreaterThanOrEqual(Number(whole.code));
      if (part.code === 'unknown') met.unknown++;
      else expect(part.code).toBe(to);
      if (part.missingBasic.length > 0) expect(part.code).not.toBe(5);
      if (from < to) met.ranges++;
      if (part.code !== 'unknown' && part.code > Number(whole.code)) met.graver++;
    }),
    { numRuns: RUNS },
  );
  // All of it has been met, or the test would prove little.
  expect(Math.min(...Object.values(met))).toBeGreaterThan(RUNS / 100);
});

it('a value less known is never another level: the range of an interval holds those of its ends', () => {
  fc.assert(
    fc.property(
      person,
      fc.integer({ min: 28, max: 170 }),
      fc.integer({ min: 0, max: 40 }),
      (who, low, width) => {
        const [a, b] = [low, low + width].map((tenths) => (tenths / 10).toFixed(1)) as [string, string];
        const { from, to } = rangeOf(
          people.assess({ 'glucose-fasting': width === 0 ? a : `${a}-${b}` }, { person: who }),
        );
        for (const end of [a, b]) {
          const { code } = people.assess({ 'glucose-fasting': end }, { person: who });
          expect(Number(code)).toBeGreaterThanOrEqual(from);
          expect(Number(code)).toBeLessThanOrEqual(to);
        }
      },
    ),
    { numRuns: RUNS },
  );
});
