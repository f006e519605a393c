import { assessLevel } from '../../assessment/domain/assess-level.js';
import { type LevelAssessment, type LevelInput } from '../../assessment/domain/level-assessment.js';
import { levelFactsOf } from '../../assessment/domain/level-facts.js';
import { type Facts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { ageInDays, ageInYears } from '../../people/domain/fhir-time.js';
import { type Case } from '../../rules/domain/cases/case.js';
import { PREGNANCY_STATUS } from '../../rules/domain/lookups.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { pregnantOn } from './facts-of.js';
import { latestValues } from './latest-values.js';
import { personAt } from './person-at.js';
import { storedResults, type StandingHere } from './try-case.js';

/** What a case comes to, and what its rules looked at. */
export interface LevelTried {
  assessed: LevelAssessment;
  facts: Facts;
}

/**
 * The level that a case comes to, as it would had its results been sent. A registered result is a test not yet in.
 * @param standing findings that the results of the case made
 */
export function tryLevel(
  one: Case,
  { levels }: RuleSet,
  standing: readonly StandingHere[],
  zone: string,
): LevelTried {
  const wanted = new Set([...levels.analytes, PREGNANCY_STATUS]);
  const { facts, rivals, asOf, conclusions, isLatest, awaited } = latestValues(
    storedResults(one),
    wanted,
    levels.formulas,
    zone,
    personAt(one.person, null, zone),
  );
  const { sex, birthDate, answers } = one.person;
  const at = asOf ?? one.now;
  const pregnancy = facts.get(PREGNANCY_STATUS);
  const input: LevelInput = {
    levels,
    person: {
      ...UNKNOWN_PERSON,
      sex,
      ageYears: ageInYears(birthDate, at, zone),
      ageDays: ageInDays(birthDate, at, zone),
      pregnant: pregnantOn(at, pregnancy ? [pregnancy] : [], zone),
      answers,
    },
    latest: facts,
    rivals,
    conclusions,
    findings: standing
      .filter(({ observationId, component }) => isLatest(observationId, component))
      .map(({ ruleId, class: ruleClass }) => ({
        ruleId,
        pack: ruleId.split('/')[0] ?? '',
        class: ruleClass,
      })),
    ordered: awaited,
    zone,
  };
  return { assessed: assessLevel(input), facts: levelFactsOf(input).facts };
}
