import { findingKind } from '../../assessment/domain/draft-findings.js';
import { type Facts, type MeasuredFact } from '../../kernel/index.js';
import { type StoredResult } from '../../people/index.js';
import { ageInYears } from '../../people/domain/fhir-time.js';
import { isEvidence } from '../../people/domain/version-rank.js';
import { type Case, type CaseResult } from '../../rules/domain/cases/case.js';
import { type FoundFinding } from '../../rules/domain/cases/compare-findings.js';
import { judge } from '../../rules/domain/judge.js';
import { type Outcome } from '../../rules/domain/rule.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { nameOfSetting } from './encounter-name.js';
import { factsOf } from './facts-of.js';
import { PersonRecords } from './person-records.js';
import { Timeline, toFact } from './timeline.js';

/** What came of a case. */
export interface CaseTried {
  findings: FoundFinding[];
  /** What was looked at for each result that counts. */
  judged: Facts[];
}

/** Judges the results of a case as they would be judged had they been sent. @param sentence what a nurse could say */
export async function tryCase(
  one: Case,
  ruleSet: RuleSet,
  zone: string,
  sentence: (outcome: Outcome) => string,
): Promise<CaseTried> {
  const results = one.results.map(asStored).filter(({ at }) => at <= one.now);
  const answers = [...one.person.answers].map(([fact, isSo]) => ({ fact, isSo }));
  const seen = {
    timeline: new Timeline(results),
    records: new PersonRecords(answers, new Map(), zone),
    zone,
  };
  const tried: CaseTried = { findings: [], judged: [] };
  for (const result of results) {
    const anchor = anchorOf(result);
    if (!anchor) continue;
    const ageYears = ageInYears(one.person.birthDate, result.at, zone);
    const lookup = ruleSet.lookups.of.get(anchor.measurement.analyte);
    const facts = factsOf(anchor, { ...seen, result, person: one.person, ageYears }, lookup);
    tried.judged.push(facts);
    for (const outcome of await judge(ruleSet, facts)) {
      const kind = findingKind(outcome, { anchor, hasPerson: true });
      if (kind === null) continue;
      const { id, event } = outcome.rule;
      const truth = kind === 'finding' ? 'fires' : 'review';
      const { at, written } = one.results[result.entry] as CaseResult;
      tried.findings.push({ rule: id, truth, at, written, class: event.class, sentence: sentence(outcome) });
    }
  }
  return tried;
}

function anchorOf(result: StoredResult): MeasuredFact | null {
  const [measurement] = result.measurements;
  if (!isEvidence(result.status) || !measurement?.analyte || !measurement.value) return null;
  return toFact(result, measurement, measurement.analyte);
}

/** Results of one instant come in the order of the file. */
function asStored({ at, status, careSetting, measurement }: CaseResult, index: number): StoredResult {
  const id = `case-${String(index).padStart(6, '0')}`;
  const encounter = careSetting ? { encounter: nameOfSetting(careSetting) } : {};
  return {
    id,
    identityKey: id,
    contentHash: id,
    resourceType: 'Observation',
    version: 1,
    status,
    personId: 'case',
    subjectKey: null,
    messageId: 'case',
    entry: index,
    codes: ' ',
    at,
    issued: at,
    sentUpdated: null,
    receivedAt: at,
    measurements: [{ ...measurement, freshFrom: at.toISOString(), ...encounter }],
  };
}
