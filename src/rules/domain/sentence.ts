import { type AnalyteCatalogue, type Bilingual } from './catalogue.js';
import { type LeafEvidence, type Outcome } from './rule.js';

type Language = keyof Bilingual;

const WORDS: Record<string, Bilingual> = {
  lessThan: { zh: '低于', en: 'below' },
  lessThanInclusive: { zh: '低于或等于', en: 'at or below' },
  greaterThan: { zh: '高于', en: 'above' },
  greaterThanInclusive: { zh: '达到或超过', en: 'at or above' },
  equal: { zh: '为', en: 'is' },
  notEqual: { zh: '不为', en: 'is not' },
  in: { zh: '属于', en: 'is one of' },
  notIn: { zh: '不属于', en: 'is none of' },
  microscopyAbove: { zh: '多于', en: 'more than' },
  aboveOwnLimit: { zh: '高于本报告上限', en: "above the report's own limit" },
  reachesOwnLimit: { zh: '达到或超过本报告上限', en: "at or above the report's own limit" },
  cannotExclude: { zh: '提示', en: 'suggests' },
};
const NOT_SO: Bilingual = { zh: '并非', en: 'not ' };
const PERSON: Record<string, Bilingual> = {
  age: { zh: '年龄', en: 'age' },
  sex: { zh: '性别', en: 'sex' },
  pregnant: { zh: '妊娠', en: 'pregnant' },
};
const AGE: Record<string, Bilingual> = { a: { zh: '岁', en: 'years' }, d: { zh: '天', en: 'days' } };
/** Long conclusions are cut: the nurse has the whole report beside the sentence. */
const LONGEST_QUOTE = 80;

/**
 * The sentence a nurse can say, e.g. `白细胞 2.9 ×10⁹/L，低于或等于 3.0：建议一周内复查血常规`.
 * What could not be judged with certainty is said to be so; values of sensitive compartments are not named.
 */
export function sentence(outcome: Outcome, catalogue: AnalyteCatalogue, language: Language): string {
  const told = outcome.evidence.filter((leaf) => leaf.converted !== null && (leaf.truth !== 'silent' || leaf.couldFire));
  const isConfidential = told.some((leaf) => leaf.analyte !== null && catalogue.get(leaf.analyte)?.sensitive);
  const facts = isConfidential
    ? { zh: '保密结果', en: 'a confidential result' }[language]
    : told.map((leaf) => clause(leaf, catalogue, language)).join(language === 'zh' ? '；' : '; ');
  const advice = outcome.rule.event.advice?.[language] ?? outcome.rule.event.advice?.zh ?? '';
  const doubt = outcome.couldFire ? { zh: '，尚不能确定，请医生判断', en: ', not certain, for the doctor to decide' } : null;
  const said = `${facts || outcome.rule.title[language]}${doubt?.[language] ?? ''}`;
  if (!advice) return said;
  return language === 'zh' ? `${said}：${advice}` : `${said}: ${advice}`;
}

function clause(leaf: LeafEvidence, catalogue: AnalyteCatalogue, language: Language): string {
  const name = nameOf(leaf, catalogue, language);
  const value = valueOf(leaf, catalogue, language);
  const word = `${leaf.negated ? NOT_SO[language] : ''}${(WORDS[leaf.operator] ?? WORDS.equal)?.[language] ?? ''}`;
  const comma = language === 'zh' ? '，' : ', ';
  if (leaf.operator === 'cannotExclude') return `${name}${language === 'zh' ? '：' : ': '}${value}`;
  // Of a limit that the report does not print, only its multiple is known.
  const isUnprinted = leaf.operator === 'aboveOwnLimit' && leaf.unit === null && leaf.threshold === '1';
  const limit = isUnprinted ? '' : ` ${leaf.threshold}`;
  return `${name} ${value}${comma}${word}${limit}`;
}

function nameOf(leaf: LeafEvidence, catalogue: AnalyteCatalogue, language: Language): string {
  const analyte = leaf.analyte === null ? undefined : catalogue.get(leaf.analyte);
  return (analyte?.names ?? PERSON[leaf.fact])?.[language] ?? leaf.fact;
}

/** No unit is shown that nobody sent. */
const UNIT_UNKNOWN = { zh: '（单位不明）', en: ' (unit not known)' };

/** The compared value with its printed unit; what the laboratory sent stands beside it when it reads otherwise. */
function valueOf(leaf: LeafEvidence, catalogue: AnalyteCatalogue, language: Language): string {
  const analyte = leaf.analyte === null ? undefined : catalogue.get(leaf.analyte);
  const converted = leaf.converted ?? '';
  if (leaf.fact === 'age') return `${converted} ${AGE[leaf.unit ?? 'a']?.[language] ?? ''}`;
  if (analyte?.kind === 'text' || leaf.operator === 'cannotExclude') return `“${quote(converted)}”`;
  const isNumber = analyte?.kind === 'number' && /^[<>≤≥]?-?\d/.test(converted);
  const asSent = leaf.asSent ?? '';
  if (!leaf.isUnitKnown) return `${asSent}${UNIT_UNKNOWN[language]}`;
  if (!isNumber) return converted === '' ? asSent : converted;
  const sentNumber = /^[<>≤≥]?\s*-?\d+(?:\.\d+)?(?:\s*[-–~]\s*\d+(?:\.\d+)?)?/.exec(asSent)?.[0] ?? '';
  const isSame = sameNumber(sentNumber, converted);
  const printed = `${isSame ? sentNumber : converted} ${analyte.printUnit}`.trim();
  return isSame || asSent === '' ? printed : `${printed} (${asSent})`;
}

/** 3.00 and 3 are one number, and the laboratory's digits are the ones to be read out. */
function sameNumber(sent: string, converted: string): boolean {
  const plain = (text: string) => text.replace(/\s/g, '').replace(/[-~]/g, '–').replace(/(\.\d*?)0+(?!\d)/g, '$1').replace(/\.(?!\d)/g, '');
  return sent !== '' && plain(sent) === plain(converted);
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}
