import { type Finding } from '../../assessment/index.js';
import { type LevelInput } from '../../assessment/domain/level-assessment.js';
import { PREDICTED_FROM } from '../../assessment/domain/predict.js';
import { type PersonFacts, UNKNOWN_PERSON } from '../../kernel/index.js';
import { ageInDays, ageInYears } from '../../people/domain/fhir-time.js';
import { type KnownPerson, type StoredResult } from '../../people/index.js';
import { PREGNANCY_STATUS } from '../../rules/domain/lookups.js';
import { type LevelRules } from '../../rules/index.js';
import { pregnantOn } from './facts-of.js';
import { type LatestValues, latestValues } from './latest-values.js';
import { stillOrdered } from './ordered.js';
import { personAt } from './person-at.js';
import { type PersonRecords } from './person-records.js';

/** A finding as far as a level depends on it, and where it stands. */
export type FindingHere = Pick<Finding, 'ruleId' | 'kind' | 'status' | 'observationId' | 'component'> & {
  evidence: Pick<Finding['evidence'], 'ruleClass'>;
};

/** All that a person's level follows from. */
export interface LevelSituation<F extends FindingHere = Finding> {
  person: Pick<KnownPerson, 'sex' | 'birthDate'>;
  /** All of their results, or at least the latest of each analyte. */
  results: readonly StoredResult[];
  records: PersonRecords | null;
  findings: readonly F[];
}

/** What the rules for levels are asked, and what else follows from the same values. */
export interface LevelAsked<F extends FindingHere = Finding> {
  input: LevelInput;
  /** Findings that stand on latest values. */
  standing: F[];
  values: LatestValues;
}

/** What levels are judged on, of everything that is known of a person. @param zone of the centre */
export function levelInput<F extends FindingHere>(
  levels: LevelRules,
  { person, results, records, findings }: LevelSituation<F>,
  zone: string,
): LevelAsked<F> {
  const at = personAt(person, records, zone);
  const values = latestValues(results, wantedBy(levels), levels.formulas, zone, at);
  const { facts, rivals, asOf } = values;
  const standing = findings.filter(
    ({ kind, status, observationId, component }) =>
      kind === 'finding' && status !== 'retracted' && values.isLatest(observationId, component),
  );
  const ordered = stillOrdered(records?.orders ?? [], facts, asOf, zone);
  const input: LevelInput = {
    levels,
    person: personFacts(person, values, records, zone),
    latest: facts,
    rivals,
    conclusions: values.conclusions,
    daysOf: values.daysOf,
    findings: standing.map(({ ruleId, observationId, component, evidence }) => ({
      ruleId,
      pack: ruleId.slice(0, ruleId.indexOf('/')),
      class: evidence.ruleClass,
      place: { observationId, component },
    })),
    ordered: new Set([...ordered, ...values.awaited]),
    zone,
  };
  return { input, standing, values };
}

/** As of the latest value: the same results give the same level whenever it is asked for. */
function personFacts(
  { sex, birthDate }: LevelSituation['person'],
  { facts, asOf }: LatestValues,
  records: PersonRecords | null,
  zone: string,
): PersonFacts {
  if (!asOf) return { ...UNKNOWN_PERSON, sex };
  const pregnancy = facts.get(PREGNANCY_STATUS);
  return {
    sex,
    ageYears: ageInYears(birthDate, asOf, zone),
    ageDays: ageInDays(birthDate, asOf, zone),
    pregnant: pregnantOn(asOf, pregnancy ? [pregnancy] : [], zone),
    careSetting: null,
    answers: records?.latestAnswers(asOf) ?? UNKNOWN_PERSON.answers,
  };
}

const wanted = new WeakMap<LevelRules, ReadonlySet<string>>();

/** The analytes that decide a level; whether somebody is pregnant is asked for as well. */
function wantedBy(levels: LevelRules): ReadonlySet<string> {
  let known = wanted.get(levels);
  if (!known)
    wanted.set(levels, (known = new Set([...levels.analytes, ...PREDICTED_FROM, PREGNANCY_STATUS])));
  return known;
}
