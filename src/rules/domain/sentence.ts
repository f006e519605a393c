import { type AnalyteCatalogue } from './catalogue.js';
import { comparison, type Language, nameOf, valueOf } from './leaf-in-words.js';
import { overTimeClause } from './over-time-clause.js';
import { personClause } from './person-clause.js';
import { type Condition, type Leaf, type LeafEvidence, type Outcome } from './rule.js';

/**
 * The sentence a nurse can say, e.g. `白细胞 2.9 ×10⁹/L，低于或等于 3.0：建议一周内复查血常规`.
 * What could not be judged with certainty is said to be so; values of sensitive compartments are not named.
 */
export function sentence(outcome: Outcome, catalogue: AnalyteCatalogue, language: Language): string {
  const told = speakingFor(outcome).filter(isTold);
  const isConfidential = told.some((leaf) => leaf.analyte !== null && catalogue.get(leaf.analyte)?.sensitive);
  const facts = isConfidential
    ? { zh: '保密结果', en: 'a confidential result' }[language]
    : clauses(told, catalogue, language);
  const advice = outcome.rule.event.advice?.[language] ?? outcome.rule.event.advice?.zh ?? '';
  const doubt = outcome.couldFire ? { zh: '，尚不能确定，请医生判断', en: ', not certain, for the doctor to decide' } : null;
  const said = `${facts || outcome.rule.title[language]}${doubt?.[language] ?? ''}`;
  if (!advice) return said;
  return language === 'zh' ? `${said}：${advice}` : `${said}: ${advice}`;
}

/** Of alternatives only those that hold: a man is not told of the limit for women. */
function speakingFor({ rule, truth, evidence }: Outcome): readonly LeafEvidence[] {
  if (truth !== 'fires') return evidence;
  const speaks = new Set<Leaf>();
  const holds = (condition: Condition): boolean => {
    if ('leaf' in condition) {
      speaks.add(condition.leaf);
      return evidence[condition.leaf.index]?.truth === 'fires';
    }
    if ('not' in condition) return !holds(condition.not);
    if ('all' in condition) return condition.all.map(holds).every(Boolean);
    const ofEach = condition.any.map((one) => ({ one, holds: holds(one) }));
    const isEither = ofEach.some((each) => each.holds);
    if (isEither)
      for (const { one, holds: does } of ofEach) if (!does) leavesOf(one).forEach((leaf) => speaks.delete(leaf));
    return isEither;
  };
  holds(rule.condition);
  return evidence.filter((_, index) => rule.leaves[index] && speaks.has(rule.leaves[index]));
}

function leavesOf(condition: Condition): Leaf[] {
  if ('leaf' in condition) return [condition.leaf];
  if ('not' in condition) return leavesOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesOf);
}

/**
 * What is there and speaks for the rule; that nothing was on record before speaks for "first ever". That somebody is
 * pregnant is a confidential result: nobody is told who asks about something else.
 */
function isTold({ fact, converted, over, truth, couldFire }: LeafEvidence): boolean {
  if (fact === 'pregnant') return false;
  return (converted !== null || over?.kind === 'ever-before') && (truth !== 'silent' || couldFire);
}

/** One value that several conditions hold against limits is said once: `体重指数 27.4 kg/m²，达到或超过 24.0、低于 32.5`. */
function clauses(told: readonly LeafEvidence[], catalogue: AnalyteCatalogue, language: Language): string {
  let said = '';
  told.forEach((leaf, i) => {
    const before = told[i - 1];
    if (before && isOfOneValue(before, leaf)) said += `${language === 'zh' ? '、' : ', '}${comparison(leaf, language)}`;
    else {
      const limits = told.filter((other) => other === leaf || isOfOneValue(leaf, other)).map(({ threshold }) => threshold);
      said += `${before ? (language === 'zh' ? '；' : '; ') : ''}${clause(leaf, catalogue, language, limits)}`;
    }
  });
  return said;
}

function isOfOneValue(a: LeafEvidence, b: LeafEvidence): boolean {
  if (a.analyte !== b.analyte || a.converted !== b.converted) return false;
  return isPlain(a) && isPlain(b) && a.source?.observationId === b.source?.observationId;
}

function isPlain({ over, operator, source }: LeafEvidence): boolean {
  return !over && operator !== 'cannotExclude' && source !== null;
}

function clause(leaf: LeafEvidence, catalogue: AnalyteCatalogue, language: Language, limits: readonly string[]): string {
  if (leaf.over) return overTimeClause(leaf, leaf.over, catalogue, language);
  const person = leaf.analyte === null ? personClause(leaf, catalogue, language) : null;
  if (person !== null) return person;
  const name = nameOf(leaf, catalogue, language);
  const value = valueOf(leaf, catalogue, language, limits);
  if (leaf.operator === 'cannotExclude') return `${name}${language === 'zh' ? '：' : ': '}${value}`;
  const comma = language === 'zh' ? '，' : ', ';
  return `${name} ${value}${computedFrom(leaf, catalogue, language)}${comma}${comparison(leaf, language)}`;
}

/** `（由游离PSA 1.2 ng/mL、总PSA 12 ng/mL 算出）` behind a derived value. */
function computedFrom({ looked, by }: LeafEvidence, catalogue: AnalyteCatalogue, language: Language): string {
  if (!looked) return '';
  const inputs = looked.map((one) => `${nameOf({ ...one, fact: one.analyte }, catalogue, language)} ${valueOf(one, catalogue, language)}`);
  inputs.push(...(by?.person ?? []).map((one) => toldClause(one, catalogue, language)));
  return language === 'zh' ? `（由${inputs.join('、')}算出）` : ` (computed from ${inputs.join(', ')})`;
}

/** What a risk model was told of the person: `60 岁`, `男性`, `无糖尿病史`. */
function toldClause(
  { fact, value }: { fact: string; value: string },
  catalogue: AnalyteCatalogue,
  language: Language,
): string {
  const told = { fact, converted: value, asSent: value, analyte: null, isUnitKnown: true, unit: null };
  if (fact === 'age') return valueOf(told, catalogue, language);
  return personClause(told, catalogue, language) ?? `${fact} ${value}`;
}
