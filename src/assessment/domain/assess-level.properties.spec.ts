import fc from 'fast-check';
import { type MeasuredFact, type MeasuredValue, UNKNOWN_PERSON } from '../../kernel/index.js';
import { readRules } from '../../rules/domain/files/read-rules.js';
import { type LevelRules } from '../../rules/domain/level-rules.js';
import { buildRuleSet } from '../../rules/domain/rule-set.js';
import { catalogueOf } from '../../rules/domain/vocabulary-catalogue.js';
import { readFiles } from '../../rules/read-files.js';
import { loadVocabulary } from '../../terminology/load-vocabulary.js';
import { assessLevel } from './assess-level.js';

let levels: LevelRules;
let unaided: LevelRules;
/** Of each analyte the limits of the rules, in its own unit. */
let limits: [string, string[]][];
beforeAll(async () => {
  const vocabulary = catalogueOf(loadVocabulary('vocabulary'));
  const read = await readRules(await readFiles('rules'), vocabulary);
  levels = buildRuleSet('test', read.rules, read.formulas, read.levels).levels;
  unaided = { ...levels, always: [...levels.rules.keys()] };
  const known = new Map<string, Set<string>>();
  for (const { rule } of levels.rules) {
    for (const { analytes, threshold } of rule.leaves) {
      if (threshold.kind !== 'number') continue;
      for (const analyte of analytes)
        known.set(analyte, (known.get(analyte) ?? new Set()).add(threshold.limit));
    }
  }
  limits = [...known].map(([analyte, of]) => [analyte, [...of]]);
});

/** A value at a limit or beside it, sometimes only an interval around it, or without its unit. */
function measured(analyte: string, limit: string, pick: number): MeasuredFact {
  const [low, high] = [
    [0, 0],
    [-0.1, -0.1],
    [0.1, 0.1],
    [-0.1, 0.1],
    [0, 5],
  ][pick % 5]!.map((step) => String(Math.max(0, Math.round((Number(limit) + step) * 100) / 100)));
  const interval = { low: low!, high: high!, lowOpen: false, highOpen: false };
  const value: MeasuredValue =
    pick % 17 === 16
      ? { kind: 'unit-unknown', readings: [interval], unit: '1' }
      : { kind: 'number', interval, unit: '1' };
  const ownLimit =
    pick % 3 > 0 ? ({ from: 'range', high: '40', highInclusive: true, unit: '1' } as const) : null;
  return {
    measurement: { component: 0, analyte, value, asSent: low!, ownLimit, doubts: [] },
    source: { observationId: analyte, component: 0, at: '2026-03-02T00:00:00.000Z', status: 'final' },
  };
}

it('no rule is spared that would have had something to say', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)), { maxLength: 30 }),
      fc.constantFrom('male' as const, 'female' as const, null),
      fc.integer({ min: 18, max: 90 }),
      (picks, sex, ageYears) => {
        const latest = new Map(
          picks.map(([which, at, pick]) => {
            const [analyte, of] = limits[which % limits.length]!;
            return [analyte, measured(analyte, of[at % of.length]!, pick)] as const;
          }),
        );
        const person = { ...UNKNOWN_PERSON, sex, ageYears };
        const input = { person, latest, findings: [], ordered: new Set<string>(), zone: 'Asia/Shanghai' };
        expect(assessLevel({ ...input, levels })).toEqual(assessLevel({ ...input, levels: unaided }));
      },
    ),
    { numRuns: 500 },
  );
});
