import { type Bilingual } from '../../../rules/index.js';

export const REPORT_LANGUAGES = ['zh', 'en'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** A value on a day, in the unit of its card. */
export interface TrendPoint {
  /** `2026-03-02`, in the centre's zone. */
  day: string;
  value: number;
  /** As printed. */
  text: string;
}

/** One thing that the level rests on. */
export interface ReportCard {
  level: number;
  title: Bilingual;
  /** Value with its unit as printed; null where there is none to show. */
  value: Bilingual | null;
  /** What it was held against. */
  limit: Bilingual | null;
  /** Where nothing of the value counts any more; `up`: it is too low. */
  target: { value: string; unit: string; way: 'up' | 'down' } | null;
  /** What to do. */
  advice: Bilingual | null;
  /** Newly found: to be confirmed by a repeat. */
  isSuspected: boolean;
  /** Which days confirmed it, or how often it was seen so far; null where it was seen once, or needs no repeat. */
  repeats: Bilingual | null;
  /** A limit that no doctor has confirmed yet. */
  isPending: boolean;
  /** Earliest first; a chart needs two. */
  trend: readonly TrendPoint[];
  unit: string;
}

/** One value that would be otherwise, and the level that would come of it. */
export interface ReportChange {
  analyte: string;
  name: Bilingual;
  from: string;
  to: string;
  unit: string;
  code: string;
}

/** Everything that the page says, in no language yet. */
export interface PersonReport {
  person: { name: string | null; sex: 'male' | 'female' | null; ageYears: number | null };
  /** Day of the latest result; null where nothing was measured. */
  asOf: string | null;
  printedOn: string;
  /** `1` … `5`, `unknown`. */
  code: string;
  /** The gravest level that is still possible; null where the level is settled. */
  couldBe: string | null;
  /** Why there is no level: the levels are for adults. */
  isMinor: boolean;
  /** A doctor's own level, while it counts. */
  override: { code: string; doctor: string; until: string } | null;
  /** The gravest first. */
  cards: readonly ReportCard[];
  /** Results that are not shown on paper. */
  confidential: number;
  /** Items of the basic set without a result. */
  missing: readonly Bilingual[];
  /** Where something is open, and what would settle it: tests, or what a rule says of what it cannot judge. */
  open: readonly { domain: Bilingual; needs: readonly Bilingual[]; advice?: Bilingual | null }[];
  /** What was looked at, and nothing found. */
  inOrder: readonly Bilingual[];
  /** What was not looked at. */
  notExamined: readonly Bilingual[];
  /** Single changes that lower the level. */
  changes: readonly ReportChange[];
  /** Ten-year risk of heart attack and stroke, in percent, and what lowers it. */
  risk: { percent: string; lowered: readonly { name: Bilingual; percent: string }[] } | null;
  ruleSetVersion: string;
}
