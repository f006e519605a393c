import { findingKind } from '../../assessment/domain/draft-findings.js';
import { type Facts } from '../../kernel/index.js';
import { type StoredResult } from '../../people/index.js';
import { ageInDays, ageInYears } from '../../people/domain/fhir-time.js';
import { compareRank, isEvidence } from '../../people/domain/version-rank.js';
import { type Case, type CaseResult } from '../../rules/domain/cases/case.js';
import { type FoundFinding } from '../../rules/domain/cases/compare-findings.js';
import { judge } from '../../rules/domain/judge.js';
import { type Outcome } from '../../rules/domain/rule.js';
import { type RuleSet } from '../../rules/domain/rule-set.js';
import { anchorsIn, onceARule } from './anchors.js';
import { nameOfSetting } from './encounter-name.js';
import { factsOf } from './facts-of.js';
import { personAt } from './person-at.js';
import { PersonRecords } from './person-records.js';
import { Timeline } from './timeline.js';

/** What came of a case. */
export interface CaseTried {
  findings: FoundFinding[];
  /** What was looked at for each result that counts. */
  judged: JudgedResult[];
  /** Where each finding stands: on what its level depends. */
  standing: StandingHere[];
}

export interface StandingHere {
  ruleId: string;
  class: FoundFinding['class'];
  observationId: string;
  component: number;
}

/** One result that was judged, and what its rules looked at. */
export interface JudgedResult {
  at: Date;
  /** The same as the file of the case has it. */
  written: string;
  facts: Facts;
}

/** Judges the results of a case as they would be judged had they been sent. @param sentence what a nurse could say */
export async function tryCase(
  one: Case,
  ruleSet: RuleSet,
  zone: string,
  sentence: (outcome: Outcome) => string,
): Promise<CaseTried> {
  const standing = standingVersions(one);
  const results = standing.map(asStored);
  const answers = [...one.person.answers].map(([fact, isSo]) => ({ fact, isSo }));
  const records = new PersonRecords(answers, new Map(), zone);
  const seen = {
    timeline: new Timeline(results, ruleSet.formulas, zone, personAt(one.person, records, zone)),
    records,
    zone,
  };
  const tried: CaseTried = { findings: [], judged: [], standing: [] };
  for (const [index, result] of results.entries()) {
    if (!isEvidence(result.status)) continue;
    const { at, written } = standing[index] as CaseResult;
    const { birthDate } = one.person;
    const ages = { ageYears: ageInYears(birthDate, at, zone), ageDays: ageInDays(birthDate, at, zone) };
    const said: SaidOfResult[] = [];
    for (const { fact: anchor } of anchorsIn(result, ruleSet, seen.timeline)) {
      const { analyte, component } = anchor.measurement;
      const facts = factsOf(
        anchor,
        { ...seen, result, person: one.person, ...ages },
        ruleSet.lookups.of.get(analyte),
      );
      tried.judged.push({ at, written, facts });
      for (const outcome of await judge(ruleSet, facts)) {
        const kind = findingKind(outcome, { anchor, hasPerson: true });
        if (kind !== null) said.push({ ruleId: outcome.rule.id, component, kind, outcome });
      }
    }
    const once = onceARule(said);
    tried.findings.push(...once.map((each) => ({ ...foundBy(each, sentence), at, written })));
    tried.standing.push(
      ...once.filter(({ kind }) => kind === 'finding').map((each) => standingOn(result, each)),
    );
  }
  return tried;
}

interface SaidOfResult {
  ruleId: string;
  component: number;
  kind: 'finding' | 'review';
  outcome: Outcome;
}

function foundBy(
  { kind, outcome }: SaidOfResult,
  sentence: (outcome: Outcome) => string,
): Omit<FoundFinding, 'at' | 'written'> {
  const { rule, evidence } = outcome;
  const truth = kind === 'finding' ? 'fires' : 'review';
  return { rule: rule.id, truth, class: rule.event.class, sentence: sentence(outcome), evidence };
}

function standingOn({ id }: StoredResult, { ruleId, component, outcome }: SaidOfResult): StandingHere {
  return { ruleId, class: outcome.rule.event.class, observationId: id, component };
}

/** The results of a case as they would be stored. */
export function storedResults(one: Case): StoredResult[] {
  return standingVersions(one).map(asStored);
}

/** What has come by the case's clock: of several versions of one result the one that counts, in the place of the first. */
function standingVersions({ results, now }: Case): CaseResult[] {
  const standing = new Map<string, CaseResult>();
  for (const [index, result] of results.entries()) {
    if (result.issued > now) continue;
    const key = result.id === null ? String(index) : `${result.id} ${result.measurement.analyte}`;
    const known = standing.get(key);
    if (!known || compareRank(rankOf(result), rankOf(known)) >= 0) standing.set(key, result);
  }
  return [...standing.values()];
}

function rankOf({ issued, status }: CaseResult): Parameters<typeof compareRank>[0] {
  return { issued, status, sentUpdated: null };
}

/** Results of one instant come in the order of the file. */
function asStored({ at, issued, status, careSetting, measurement }: CaseResult, index: number): StoredResult {
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
    issued,
    sentUpdated: null,
    receivedAt: issued,
    measurements: [{ ...measurement, freshFrom: issued.toISOString(), ...encounter }],
  };
}
