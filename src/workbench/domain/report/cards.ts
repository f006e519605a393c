import { comparison } from '../../../rules/domain/leaf-in-words.js';
import { readable } from '../../../rules/domain/readable.js';
import { type Bilingual, type LeafEvidence } from '../../../rules/index.js';
import { type ReportCard, type TrendPoint } from './report.js';
import { WORDS } from './words.js';

/** One thing that proves a level: a rule for levels, or a finding. */
export interface ReasonSeen {
  level: number;
  ruleId: string;
  from: 'rule' | 'finding';
  /** Of a rule for levels: which part of the plan it belongs to. */
  domain: string | null;
  title: Bilingual;
  advice: Partial<Bilingual> | null;
  leaves: readonly LeafEvidence[];
  isSuspected: boolean;
  /** That it waits for a repeat, or which days confirmed it. */
  repeats: Bilingual | null;
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
  /** How many decimals are usual. */
  decimalsOf: (analyte: string) => number;
  /** Whether values of an analyte are read, not compared. */
  isConclusion: (analyte: string) => boolean;
  /** The name of a domain of the level plan. */
  domainName: (domain: string) => Bilingual | null;
  /** The name of a category; null where it is none. */
  categoryOf: (analyte: string, category: string) => Bilingual | null;
}

const LONGEST_TEXT = 90;

/**
 * One card a value, the gravest first: what two packs say of one value is said once, in the words of the rule for levels.
 * Conclusions are one analyte, but each part of the body that they speak of has a card.
 * @param isConclusion whether values of an analyte are read, not compared
 */
export function cardSeeds(
  reasons: readonly ReasonSeen[],
  isConclusion: (analyte: string) => boolean,
): CardSeed[] {
  const byValue = new Map<string, CardSeed>();
  const told = new Map<string, number>();
  const readIn = (leaf: LeafEvidence | null): string | null =>
    leaf?.analyte != null && isConclusion(leaf.analyte) ? (leaf.source?.observationId ?? null) : null;
  for (const { leaves, level, from } of reasons) {
    const report = readIn(decisive(leaves));
    if (from === 'rule' && report !== null) told.set(report, Math.min(level, told.get(report) ?? level));
  }
  for (const reason of reasons) {
    const leaf = decisive(reason.leaves);
    const analyte = leaf?.analyte ?? null;
    const report = readIn(leaf);
    if (report !== null && reason.from === 'finding' && (told.get(report) ?? Infinity) <= reason.level)
      continue;
    const key =
      report !== null ? `${report} ${reason.domain ?? reason.ruleId}` : (analyte ?? `rule ${reason.ruleId}`);
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

/** Of two that are as grave a rule for levels, and what is certain: it asks for more than a repeat. */
function isBetter(one: ReasonSeen, other: ReasonSeen): boolean {
  const rank = ({ level, from, isSuspected }: ReasonSeen): number =>
    4 * level + (from === 'rule' ? 0 : 2) + (isSuspected ? 1 : 0);
  return rank(one) < rank(other);
}

/** @param target where nothing of the value counts any more, in the canonical unit */
export function cardOf(
  { reason, analyte, leaf }: CardSeed,
  printing: Printing,
  target: { from: string; to: string } | null,
  trend: readonly TrendPoint[],
): ReportCard {
  const { level, advice, isSuspected, repeats, isPending } = reason;
  const unit = analyte === null ? null : printing.unitOf(analyte);
  const isNumber = unit !== null;
  const zh = advice?.zh;
  return {
    level,
    title: titleOf(reason, analyte, isNumber, printing),
    value: analyte !== null && leaf ? valueOf(analyte, leaf, reason.leaves, printing) : null,
    limit: analyte !== null && isNumber ? limitOf(analyte, reason.leaves) : null,
    target: target && {
      value: target.to,
      unit: unit ?? '',
      way: Number(target.to) < Number(target.from) ? 'down' : 'up',
    },
    advice: zh === undefined ? null : { zh, en: advice?.en ?? zh },
    isSuspected,
    repeats,
    isPending,
    trend: isNumber ? trend : [],
    unit: unit ?? '',
  };
}

/** Of a number its name; of what an image or ECG shows the part of the body: a rule's own title lists classes. */
function titleOf(
  { title, domain }: ReasonSeen,
  analyte: string | null,
  isNumber: boolean,
  { nameOf, isConclusion, domainName }: Printing,
): Bilingual {
  if (analyte !== null && isNumber) return nameOf(analyte);
  const isRead = analyte !== null && isConclusion(analyte);
  return (isRead && domain !== null && domainName(domain)) || title;
}

function valueOf(
  analyte: string,
  { converted }: LeafEvidence,
  leaves: readonly LeafEvidence[],
  { unitOf, decimalsOf, categoryOf }: Printing,
): Bilingual {
  const text = converted ?? '';
  const unit = unitOf(analyte);
  if (unit !== null) {
    const limits = leaves
      .filter((leaf) => leaf.analyte === analyte && !leaf.over)
      .map((leaf) => leaf.threshold);
    return both(`${readable(text, decimalsOf(analyte), limits)} ${unit}`.trim());
  }
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
