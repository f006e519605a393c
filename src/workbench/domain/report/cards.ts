import { comparison } from '../../../rules/domain/leaf-in-words.js';
import { type Bilingual, type LeafEvidence } from '../../../rules/index.js';
import { type ReportCard, type TrendPoint } from './report.js';
import { WORDS } from './words.js';

/** One thing that proves a level: a rule for levels, or a finding. */
export interface ReasonSeen {
  level: number;
  ruleId: string;
  from: 'rule' | 'finding';
  title: Bilingual;
  advice: Partial<Bilingual> | null;
  leaves: readonly LeafEvidence[];
  isSuspected: boolean;
  isPending: boolean;
}

/** What a card is about: the value that decided, if any. */
export interface CardSeed {
  reason: ReasonSeen;
  /** Null where no measured value decided. */
  analyte: string | null;
  leaf: LeafEvidence | null;
}

/** How values are printed. */
export interface Printing {
  nameOf: (analyte: string) => Bilingual;
  /** The unit as it is printed; null for what is no number. */
  unitOf: (analyte: string) => string | null;
  /** The name of a category; null where it is none. */
  categoryOf: (analyte: string, category: string) => Bilingual | null;
}

const LONGEST_TEXT = 90;

/** One card a value, the gravest first: what two packs say of one value is said once, in the words of the rule for levels. */
export function cardSeeds(reasons: readonly ReasonSeen[]): CardSeed[] {
  const byValue = new Map<string, CardSeed>();
  for (const reason of reasons) {
    const leaf = decisive(reason.leaves);
    const analyte = leaf?.analyte ?? null;
    const key = analyte ?? `rule ${reason.ruleId}`;
    const known = byValue.get(key);
    if (!known || isBetter(reason, known.reason)) byValue.set(key, { reason, analyte, leaf });
  }
  return [...byValue.values()].sort((a, b) => a.reason.level - b.reason.level);
}

/** The first measured value that spoke for the rule. */
function decisive(leaves: readonly LeafEvidence[]): LeafEvidence | null {
  return (
    leaves.find(
      ({ analyte, converted, truth }) => analyte !== null && converted !== null && truth === 'fires',
    ) ?? null
  );
}

function isBetter(one: ReasonSeen, other: ReasonSeen): boolean {
  return (
    one.level < other.level || (one.level === other.level && one.from === 'rule' && other.from === 'finding')
  );
}

/** @param target where nothing of the value counts any more, in the canonical unit */
export function cardOf(
  { reason, analyte, leaf }: CardSeed,
  printing: Printing,
  target: { from: string; to: string } | null,
  trend: readonly TrendPoint[],
): ReportCard {
  const { level, title, advice, isSuspected, isPending } = reason;
  const unit = analyte === null ? null : printing.unitOf(analyte);
  const isNumber = unit !== null;
  const zh = advice?.zh;
  return {
    level,
    title: analyte !== null && isNumber ? printing.nameOf(analyte) : title,
    value: analyte !== null && leaf ? valueOf(analyte, leaf, printing) : null,
    limit: analyte !== null && isNumber ? limitOf(analyte, reason.leaves) : null,
    target: target && {
      value: target.to,
      unit: unit ?? '',
      way: Number(target.to) < Number(target.from) ? 'down' : 'up',
    },
    advice: zh === undefined ? null : { zh, en: advice?.en ?? zh },
    isSuspected,
    isPending,
    trend: isNumber ? trend : [],
    unit: unit ?? '',
  };
}

function valueOf(analyte: string, { converted }: LeafEvidence, { unitOf, categoryOf }: Printing): Bilingual {
  const text = converted ?? '';
  const unit = unitOf(analyte);
  if (unit !== null) return both(`${text} ${unit}`.trim());
  const category = categoryOf(analyte, text);
  if (category) return category;
  return both(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
}

/** `达到或超过 160`; of a band both ends. */
function limitOf(analyte: string, leaves: readonly LeafEvidence[]): Bilingual | null {
  const held = leaves.filter(
    (leaf) => leaf.analyte === analyte && leaf.truth === 'fires' && !leaf.over && !leaf.negated,
  );
  const [low, high] = ['greaterThan', 'lessThan'].map((word) =>
    held.find(({ operator }) => operator.startsWith(word)),
  );
  if (low && high) {
    const ends = (text: string): string =>
      text.replace('{low}', low.threshold).replace('{high}', high.threshold);
    return { zh: ends(WORDS.between.zh), en: ends(WORDS.between.en) };
  }
  const [only] = held;
  return only ? { zh: comparison(only, 'zh'), en: comparison(only, 'en') } : null;
}

function both(text: string): Bilingual {
  return { zh: text, en: text };
}
