import { type Analyte, type Meaning } from './analyte.js';
import { type ResultContext } from './context.js';
import { type Vocabulary } from './vocabulary.js';

type FastingState = 'fasting' | 'two-hours' | 'other-time' | 'random' | null;

const RANDOM = /非空腹|随机|隨機|non-?\s?fasting|random|not fasting/i;
const FASTING = /空腹|fasting|\bF[BP]G\b|\bFBS\b/i;
const AFTER_MEAL = /餐后|餐後|饭后|飯後|食后|post-?\s?(prandial|meal|challenge|glucose)|ogtt|糖耐量|负荷后/i;
const TWO_HOURS = /\b(?:2h?P[BP]?G|P2hB?G|PBG|PPBG|PPG)\b/i;
const HOURS = /(半|[0-9.]+|[一二两三])\s*(?:个|個)?\s*(?:小时|小時|hours?|hrs?|h(?![a-z])|H(?![a-z]))/;
const MINUTES = /(\d+)\s*(?:分钟|分鐘|min)/;

/**
 * What a local name says of the meal. 餐后血糖 without an hour is the two-hour value, as checkup reports use the word;
 * 糖耐量 and OGTT without a time say nothing.
 */
export function fastingInName(name: string): FastingState {
  const text = name.slice(0, 500).normalize('NFKC');
  if (RANDOM.test(text)) return 'random';
  if (AFTER_MEAL.test(text)) return timeAfterMeal(text);
  if (TWO_HOURS.test(text)) return 'two-hours';
  return FASTING.test(text) ? 'fasting' : null;
}

function timeAfterMeal(text: string): FastingState {
  const minutes = MINUTES.exec(text)?.[1];
  if (minutes !== undefined)
    return Number(minutes) === 120 ? 'two-hours' : Number(minutes) === 0 ? 'fasting' : 'other-time';
  const hours = HOURS.exec(text)?.[1];
  if (hours !== undefined) {
    if (hours === '2' || hours === '二' || hours === '两') return 'two-hours';
    return hours === '0' ? 'fasting' : 'other-time';
  }
  if (FASTING.test(text)) return 'fasting';
  return /ogtt|糖耐量|负荷后|challenge/i.test(text) ? null : 'two-hours';
}

/**
 * Which glucose a glucose result is (product.md, *Semantics*): fasting is known from the code, the specimen, the local
 * name or a centre's mapping. Statements that contradict each other leave it unknown; a value named 餐后 is never
 * fasting; a specimen that is merely not fasting does not make a two-hour value.
 * A meter's or whole-blood reading counts as glucose (a needless call is safer than none) unless it was made at home,
 * where the rules for vitals judge it.
 */
export function glucoseMeant(
  meaning: Meaning,
  name: string,
  context: ResultContext,
  vocabulary: Vocabulary,
): Analyte {
  const { analyte } = meaning;
  if (analyte.id === 'glucose-meter' && context.setting === 'home') return analyte;
  const named = fastingInName(name);
  const said = new Set<FastingState>();
  if (analyte.id === 'glucose-fasting') said.add('fasting');
  if (analyte.id === 'glucose-2h') said.add('two-hours');
  if (named) said.add(named);
  if (said.size === 0 || !said.has('two-hours')) {
    if (context.fasting === 'fasting') said.add('fasting');
    if (context.fasting === 'postprandial') said.add('random');
  }
  if (said.size === 0 && isFastingByMapping(meaning, context)) said.add('fasting');
  return vocabulary.get(GLUCOSE_OF[said.size === 1 ? [...said][0]! : 'random'])!;
}

function isFastingByMapping({ fastingIn }: Meaning, { setting }: ResultContext): boolean {
  return fastingIn === 'always' || (fastingIn !== null && setting !== null && fastingIn.includes(setting));
}

const GLUCOSE_OF: Readonly<Record<Exclude<FastingState, null>, string>> = {
  fasting: 'glucose-fasting',
  'two-hours': 'glucose-2h',
  'other-time': 'glucose-timed',
  random: 'glucose',
};

/** True for the entries among which the fasting state decides. */
export function isGlucose(analyte: Analyte): boolean {
  return analyte.groups.includes('glucose-by-meal');
}
