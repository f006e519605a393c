import { isOfOtherSex } from '../../rules/domain/level-plan.js';
import { type Bilingual, type LevelPlan, type Outcome, type Rule } from '../../rules/index.js';
import { RISK_MODELS } from '../../risk-models/index.js';
import { BehindReasons } from './behind-reasons.js';
import { type FindingBehindLevel } from './finding.js';
import { behindInput, type Prediction } from './predict.js';
import { type Level, type LevelCause } from './level.js';
import { type LevelAssessment, type LevelReason } from './level-assessment.js';
import {
  BELOW_AGE,
  cannotBeJudgedInWords,
  missingBasicInWords,
  notEvaluableInWords,
  notPredictedInWords,
  undecidedInWords,
} from './level-words.js';

/** What puts an assessment into words. */
export interface LevelWords {
  plan: LevelPlan;
  /** Nobody is told of a part of the body that only the other sex has. */
  sex: 'female' | 'male' | null;
  sentence: (outcome: Outcome) => Bilingual;
  /** The name of an analyte, or of a fact of the person. */
  nameOf: (fact: string) => Bilingual;
  isSensitive: (analyte: string) => boolean;
  /** The type of a result, by its id. */
  typeOf: (observationId: string) => string;
}

/** Turns what the rules said of a person's level into what is kept and served. */
export function draftLevel(
  assessed: LevelAssessment,
  findings: readonly FindingBehindLevel[],
  predictions: readonly Prediction[],
  words: LevelWords,
): Level {
  const behind = new BehindReasons(findings);
  return {
    code: String(assessed.code),
    text: assessed.text,
    reasons: distinct(assessed.reasons.flatMap((reason) => causeOf(reason, behind, words))),
    notes: [...notesOf(assessed, words), ...predictions.flatMap((one) => missingInWords(one, words))],
    missingBasic: assessed.missingBasic,
    predictions,
  };
}

function causeOf(
  reason: LevelReason,
  behind: BehindReasons<FindingBehindLevel>,
  { plan, sentence, isSensitive, typeOf }: LevelWords,
): LevelCause[] {
  const { level, ruleId, suspected: isSuspected } = reason;
  if (reason.from === 'finding') {
    const finding = behind.of(reason);
    if (!finding) return [];
    const { title, sentence: spoken, source, review, implicated, leaves } = finding.evidence;
    const isConfidential = isOfCompartment(leaves, isSensitive);
    const basis = implicated.map(({ type, id }) => ({ type, id }));
    const said = { isConfidential, title, sentence: spoken, source, review, basis };
    return [{ level, ruleId, from: 'finding', domain: null, isSuspected, ...said }];
  }
  const { rule, evidence } = reason;
  const ids = new Set<string>();
  for (const { source, looked = [], truth } of evidence) {
    if (truth === 'silent') continue;
    if (source) ids.add(source.observationId);
    for (const one of looked) ids.add(one.source.observationId);
  }
  const { title, source, review } = rule;
  const { seenOn } = reason;
  const isConfidential = isOfCompartment(evidence, isSensitive);
  const spoken = sentence({ rule, truth: 'fires', couldFire: false, reason: null, evidence, missing: [] });
  const basis = [...ids].map((id) => ({ type: typeOf(id), id }));
  const domain = plan.domains.get(reason.domain) ?? null;
  const said = { isConfidential, title, sentence: spoken, source, review, basis };
  const cause = { level, ruleId, from: 'rule' as const, domain, isSuspected };
  return [seenOn ? { ...cause, seenOn, ...said } : { ...cause, ...said }];
}

function isOfCompartment(
  leaves: readonly { analyte: string | null }[],
  isSensitive: LevelWords['isSensitive'],
): boolean {
  return leaves.some(({ analyte }) => analyte !== null && isSensitive(analyte));
}

/** What is said in the same words is said once: two results of one kind of examination may both bear it out. */
function distinct(causes: readonly LevelCause[]): LevelCause[] {
  const keyOf = ({ ruleId, sentence }: LevelCause): string => `${ruleId} ${sentence.zh}`;
  const once = new Map(causes.map((cause) => [keyOf(cause), cause]));
  const inOrder = [...once].sort(([a, one], [b, other]) => one.level - other.level || (a < b ? -1 : 1));
  return inOrder.map(([, cause]) => cause);
}

/** What keeps China-PAR, which is shown first, from being computed; the others need not be asked for. */
function missingInWords({ model, reason }: Prediction, { nameOf }: LevelWords): Bilingual[] {
  const known = RISK_MODELS.find(({ id }) => id === model);
  if (model !== 'china-par' || reason?.notApplicable !== 'missing' || !known) return [];
  return [notPredictedInWords(known.title, nameOf(behindInput(model, reason.input)))];
}

function notesOf(
  { undecided, domains, missingBasic, unknownBecause }: LevelAssessment,
  { plan, sex, nameOf, isSensitive }: LevelWords,
): Bilingual[] {
  if (unknownBecause === 'age') return [BELOW_AGE];
  const titleOf = (id: string): Bilingual => plan.domains.get(id) ?? { zh: id, en: id };
  const items = plan.basicSet.filter(({ id }) => missingBasic.includes(id)).map(({ title }) => title);
  const open = new Set(undecided.map(({ domain }) => domain));
  const isOwn = (domain: string): boolean => !isOfOtherSex(plan, domain, sex);
  const isTold = ({ leaves }: Rule): boolean =>
    !leaves.some(({ analytes }) => [...analytes].some(isSensitive));
  const notJudged = domains.flatMap(({ domain, cannotBeJudged }) =>
    cannotBeJudged.filter(isTold).map((rule) => ({ domain, rule })),
  );
  for (const { domain } of notJudged) open.add(domain);
  const silent = domains.filter(({ domain, level }) => level === null && !open.has(domain) && isOwn(domain));
  return [
    ...(items.length > 0 ? [missingBasicInWords(items)] : []),
    ...undecided
      .filter(({ domain }) => isOwn(domain))
      .map(({ domain, could, missing }) =>
        undecidedInWords(
          titleOf(domain),
          could,
          missing.map(({ fact, why }) => ({ fact: nameOf(fact), why })),
        ),
      ),
    ...notJudged.map(({ domain, rule }) => cannotBeJudgedInWords(titleOf(domain), rule)),
    ...(silent.length > 0 ? [notEvaluableInWords(silent.map(({ domain }) => titleOf(domain)))] : []),
  ];
}
