import { Decimal } from 'decimal.js';
import { type Interval } from '../../../kernel/index.js';
import { CAN_MEET, CAN_MISS, type Comparison, type Reach, reach } from '../compare.js';

/** A measure that a report may give of a finding, with the limit that makes it one: 压缩 ≥ 50 %, 囊肿 ≥ 10 cm. */
export interface Measure {
  comparison: Comparison;
  /** In the base unit of the dimension. */
  limit: string;
  dimension: Dimension;
}

export type Dimension = 'length' | 'share' | 'volume' | 'time' | 'rate' | 'voltage';

interface SpelledUnit {
  /** UCUM, as rule files write it. */
  ucum: string;
  /** As reports write it. */
  spelled: string;
  dimension: Dimension;
  /** To the base unit: mm, %, mL, s, /min, mV. */
  times: string;
}

const UNITS: readonly SpelledUnit[] = [
  { ucum: 'mm', spelled: 'mm|毫米', dimension: 'length', times: '1' },
  { ucum: 'cm', spelled: 'cm|厘米|公分', dimension: 'length', times: '10' },
  { ucum: '%', spelled: '%', dimension: 'share', times: '1' },
  { ucum: 'mL', spelled: 'ml|毫升|cc', dimension: 'volume', times: '1' },
  { ucum: 's', spelled: 's|秒|sec', dimension: 'time', times: '1' },
  { ucum: 'ms', spelled: 'ms|毫秒', dimension: 'time', times: '0.001' },
  { ucum: '/min', spelled: '次/分钟?|次/min|bpm|/min', dimension: 'rate', times: '1' },
  { ucum: 'mV', spelled: 'mv|毫伏', dimension: 'voltage', times: '1' },
];

/** A limit as written in a file, in its base unit; null when the unit is none of these. */
export function measureOf(comparison: Comparison, value: string, unit: string): Measure | null {
  const known = UNITS.find(({ ucum }) => ucum === unit);
  if (!known) return null;
  return { comparison, limit: new Decimal(value).times(known.times).toFixed(), dimension: known.dimension };
}

export const MEASURE_UNITS: readonly string[] = UNITS.map(({ ucum }) => ucum);

const UNIT = UNITS.map(({ spelled, ucum }) => ({ pattern: new RegExp(`^(?:${spelled})$`, 'i'), ucum }));
const SPELLINGS = UNITS.map(({ spelled }) => spelled)
  .join('|')
  .split('|')
  .sort((a, b) => b.length - a.length)
  .join('|');
const NUMBER = '\\d+(?:\\.\\d+)?';
/** `大于50%`, `12×10mm`, `50%-69%`, `70%以上`. Not in the middle of a longer number or of a word. */
const GIVEN = new RegExp(
  `(?<before>[<>≤≥]|小于|不足|低于|大于|超过|高于|至少|不小于)?\\s*(?<![\\d.])(?<first>${NUMBER})\\s*(?<unit>${SPELLINGS})?` +
    `(?<more>(?:\\s*[×x*~～–—至到-]\\s*${NUMBER}\\s*(?:${SPELLINGS})?)*)(?![a-z])\\s*(?<after>以上|以下|以内)?`,
  'gi',
);
const FURTHER = new RegExp(`([×x*~～–—至到-])\\s*(${NUMBER})\\s*(${SPELLINGS})?`, 'gi');

const OPEN: Record<string, 'up' | 'up-from' | 'down' | 'down-to'> = {
  '>': 'up', 大于: 'up', 超过: 'up', 高于: 'up', '≥': 'up-from', 至少: 'up-from', 不小于: 'up-from', 以上: 'up-from',
  '<': 'down', 小于: 'down', 不足: 'down', 低于: 'down', '≤': 'down-to', 以下: 'down-to', 以内: 'down-to',
}; // prettier-ignore

/** Every measure of the dimension that the text gives, in its base unit. A span is one; each side of `12×10` is one. */
export function measuresIn(text: string, dimension: Dimension): Interval[] {
  return [...text.matchAll(GIVEN)].flatMap(({ groups }) => {
    const further = [...(groups?.more ?? '').matchAll(FURTHER)];
    // The unit stands behind the last number, and may stand behind each.
    const spelled = further.map(([, , , unit]) => unit).findLast((unit) => unit) ?? groups?.unit;
    const unit = UNITS.find(({ ucum }) => ucum === ucumOf(spelled));
    if (!groups?.first || unit?.dimension !== dimension) return [];
    const inBase = (number: string) => new Decimal(number).times(unit.times).toFixed();
    const first = inBase(groups.first);
    const isSpan = further.length === 1 && !/[×x*]/i.test(further[0]?.[1] ?? '');
    if (isSpan) return [span(first, inBase(further[0]?.[2] ?? ''))];
    const open = OPEN[groups.before ?? ''] ?? OPEN[groups.after ?? ''];
    return [first, ...further.map(([, , number = '']) => inBase(number))].map((number) => opened(number, open));
  });
}

function ucumOf(spelled: string | undefined): string | undefined {
  return spelled && UNIT.find(({ pattern }) => pattern.test(spelled))?.ucum;
}

function span(a: string, b: string): Interval {
  const [low, high] = new Decimal(a).gt(b) ? [b, a] : [a, b];
  return { low, high, lowOpen: false, highOpen: false };
}

function opened(number: string, open: (typeof OPEN)[string] | undefined): Interval {
  const low = open === 'down' || open === 'down-to' ? null : number;
  const high = open === 'up' || open === 'up-from' ? null : number;
  return { low, high, lowOpen: open === 'up', highOpen: open === 'down' };
}

/** What the given measures say of the limit: met when one of them surely is. Null when there are none. */
export function reachOfMeasures(given: readonly Interval[], { comparison, limit }: Measure): Reach | null {
  if (given.length === 0) return null;
  const reached = given.map((one) => reach(comparison, one, limit));
  if (reached.includes(CAN_MEET)) return CAN_MEET;
  return reached.every((one) => one === CAN_MISS) ? CAN_MISS : CAN_MEET | CAN_MISS;
}
