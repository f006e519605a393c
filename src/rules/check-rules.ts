import { AppError, type FileFault, type FileNotice } from '../kernel/index.js';
import { type VocabularyFile } from '../terminology/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { overdueReviews } from './domain/files/read-head.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { type ReadRules, readRules } from './domain/files/read-rules.js';
import { withFormulas } from './domain/formula/with-formulas.js';
import { type Rule } from './domain/rule.js';
import { type Strength } from './domain/strength/measure-rule.js';
import { measureStrength } from './domain/strength/strength.js';
import { type OverlayDifference } from './domain/overlay/apply-overlay.js';
import { readFiles } from './read-files.js';
import { gatherFiles, partFiles, type RuleFolders } from './rule-files.js';
import { policyAmong, versionHash } from './rules-version.js';

/** What `firstcall rules check` prints. */
export interface RulesCheck {
  rules: number;
  lexicons: number;
  /** Examples run, of rules and of phrases. */
  examples: number;
  faults: FileFault[];
  /** What refuses nothing: reviews that are overdue or pending, rules that say the same. */
  warnings: FileNotice[];
  /** The version that these files would have; null while there are faults. */
  version: string | null;
  /** What the centre has otherwise than the shipped packs. */
  overlay: OverlayDifference[];
  /** How well the examples hold the rules; null while there are faults. */
  strength: Strength | null;
}

/** One folder of rule files alone, or the folders that make a version together. */
export type RulesPlace = string | (RuleFolders & { vocabulary: readonly VocabularyFile[] });

/**
 * Checks a folder without putting it in force. Never throws for what is in the files.
 * @param today the centre's day, `YYYY-MM-DD`, by which reviews are overdue
 */
export async function checkRules(dir: RulesPlace, catalogue: AnalyteCatalogue, today: string): Promise<RulesCheck> {
  const read = await readOrFault(dir, catalogue);
  const { rules, lexicons, examples, faults, content } = read;
  const warnings = [...overdueReviews(read.reviewDates, today), ...read.warnings];
  const counts = { rules: rules.length, lexicons, examples, faults, warnings, overlay: read.overlay };
  if (faults.length > 0) return { ...counts, version: null, strength: null };
  const version = versionHash(content, typeof dir === 'string' ? [] : dir.vocabulary);
  return { ...counts, version, strength: await measureStrength(read.placed, read.lexiconFiles, withFormulas(catalogue, read.formulas)) };
}

/** The rules of a folder in the order of their files. Throws an `AppError` when they are refused. */
export async function listRules(dir: RulesPlace, catalogue: AnalyteCatalogue): Promise<Rule[]> {
  return (await listWithOverlay(dir, catalogue)).rules;
}

/** The same, with what the centre has otherwise than the shipped packs. */
export async function listWithOverlay(
  dir: RulesPlace,
  catalogue: AnalyteCatalogue,
): Promise<{ rules: Rule[]; overlay: OverlayDifference[] }> {
  const { rules, overlay, faults } = await readOrFault(dir, catalogue);
  if (faults.length) throw new AppError(faults);
  return { rules, overlay };
}

const NOTHING_READ = {
  rules: [],
  levels: null,
  formulas: [],
  unread: 0,
  overlay: [],
  lexicons: 0,
  examples: 0,
  failedExamples: 0,
  warnings: [],
  reviewDates: [],
  placed: [],
  lexiconFiles: [],
  caseFiles: [],
  policyCaseFiles: [],
  content: '',
};

/** Throws an `AppError` when a folder or a file cannot be read. */
export async function filesOf(dir: RulesPlace): Promise<SourceFile[]> {
  return typeof dir === 'string' ? readFiles(dir) : partFiles(await gatherFiles(dir, dir.vocabulary)).rules;
}

async function readOrFault(dir: RulesPlace, catalogue: AnalyteCatalogue): Promise<ReadRules> {
  try {
    const files = await filesOf(dir);
    const read = await readRules(files, catalogue);
    if (typeof dir === 'string') return read;
    const { faults, warnings } = policyAmong(files, read.faults);
    return { ...read, faults: [...faults], warnings: [...read.warnings, ...warnings] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...NOTHING_READ, faults: error.faults as FileFault[] };
  }
}
