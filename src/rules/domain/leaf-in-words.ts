import { type AnalyteCatalogue, type Bilingual } from './catalogue.js';
import { readable } from './readable.js';
import { type LeafEvidence } from './rule.js';

export type Language = keyof Bilingual;

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
  belowOwnLimit: { zh: '低于本报告下限', en: "below the report's own limit" },
  reachesOwnLimit: { zh: '达到或超过本报告上限', en: "at or above the report's own limit" },
  dropsToOwnLimit: { zh: '低于或等于本报告下限', en: "at or below the report's own lower limit" },
  cannotExclude: { zh: '提示', en: 'suggests' },
};
const NOT_SO: Bilingual = { zh: '并非', en: 'not ' };
const AGE: Bilingual = { zh: '年龄', en: 'age' };
const AGE_UNITS: Record<string, Bilingual> = { a: { zh: '岁', en: 'years' }, d: { zh: '天', en: 'days' } };
/** Long conclusions are cut: the nurse has the whole report beside the sentence. */
const LONGEST_QUOTE = 80;

export type Compared = Pick<LeafEvidence, 'operator' | 'negated' | 'threshold' | 'unit'>;

/** `低于或等于 3.0`, its `not` included. */
export function comparison({ operator, negated, threshold, unit }: Compared, language: Language): string {
  const word = `${negated ? NOT_SO[language] : ''}${(WORDS[operator] ?? WORDS.equal)?.[language] ?? ''}`;
  // Of a limit that the report does not print, only its multiple is known.
  const isUnprinted = (operator === 'aboveOwnLimit' || operator === 'belowOwnLimit') && unit === null && threshold === '1';
  return isUnprinted ? word : `${word} ${threshold}`;
}

/** What the value is called. */
export function nameOf(
  { analyte, fact }: { analyte: string | null; fact: string },
  catalogue: AnalyteCatalogue,
  language: Language,
): string {
  const known = catalogue.get(analyte ?? fact);
  return known?.names[language] ?? (fact === 'age' ? AGE[language] : fact);
}

/** No unit is shown that nobody sent. */
const UNIT_UNKNOWN = { zh: '（单位不明）', en: ' (unit not known)' };

export type Valued = Pick<LeafEvidence, 'analyte' | 'converted' | 'asSent' | 'isUnitKnown'> &
  Partial<Pick<LeafEvidence, 'fact' | 'operator' | 'unit'>>;

/**
 * The compared value with its printed unit; what the laboratory sent stands beside it when it reads otherwise.
 * @param limits that it is held against: what is said is on the same side of them
 */
export function valueOf(
  leaf: Valued,
  catalogue: AnalyteCatalogue,
  language: Language,
  limits: readonly string[] = [],
): string {
  const analyte = leaf.analyte === null ? undefined : catalogue.get(leaf.analyte);
  const converted = leaf.converted ?? '';
  if (leaf.fact === 'age') return `${converted} ${AGE_UNITS[leaf.unit ?? 'a']?.[language] ?? ''}`;
  if (analyte?.kind === 'text' || leaf.operator === 'cannotExclude') return `“${quote(converted)}”`;
  const isNumber = analyte?.kind === 'number' && /^[<>≤≥]?-?\d/.test(converted);
  const asSent = leaf.asSent ?? '';
  if (!leaf.isUnitKnown) return `${asSent}${UNIT_UNKNOWN[language]}`;
  if (!isNumber) return converted === '' ? asSent : converted;
  const sentNumber = /^[<>≤≥]?\s*-?\d+(?:\.\d+)?(?:\s*[-–~]\s*\d+(?:\.\d+)?)?/.exec(asSent)?.[0] ?? '';
  const isSame = sameNumber(sentNumber, converted);
  const whole = isSame ? sentNumber : converted;
  const read = readable(whole, analyte.decimals, limits);
  const printed = `${read} ${analyte.printUnit}`.trim();
  return (isSame && read === whole) || asSent === '' ? printed : `${printed} (${asSent})`;
}

/** 3.00 and 3 are one number, and the laboratory's digits are the ones to be read out. */
function sameNumber(sent: string, converted: string): boolean {
  if (sent === converted) return sent !== '';
  const plain = (text: string) => text.replace(/\s/g, '').replace(/[-~]/g, '–').replace(/(\.\d*?)0+(?!\d)/g, '$1').replace(/\.(?!\d)/g, '');
  return sent !== '' && plain(sent) === plain(converted);
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}
