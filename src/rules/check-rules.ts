import { createHash } from 'node:crypto';
import { AppError, type FileFault, type FileNotice } from '../kernel/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { overdueReviews } from './domain/files/read-head.js';
import { type ReadRules, readRules } from './domain/files/read-rules.js';
import { type Rule } from './domain/rule.js';
import { type Strength } from './domain/strength/measure-rule.js';
import { measureStrength } from './domain/strength/strength.js';
import { readFiles } from './read-files.js';

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
  /** How well the examples hold the rules; null while there are faults. */
  strength: Strength | null;
}

/**
 * Checks a folder without putting it in force. Never throws for what is in the files.
 * @param today the centre's day, `YYYY-MM-DD`, by which reviews are overdue
 */
export async function checkRules(dir: string, catalogue: AnalyteCatalogue, today: string): Promise<RulesCheck> {
  const read = await readOrFault(dir, catalogue);
  const { rules, lexicons, examples, faults, content } = read;
  const warnings = [...overdueReviews(read.reviewDates, today), ...read.warnings];
  const counts = { rules: rules.length, lexicons, examples, faults, warnings };
  if (faults.length > 0) return { ...counts, version: null, strength: null };
  const version = createHash('sha256').update(content).digest('hex');
  return { ...counts, version, strength: await measureStrength(read.placed, read.lexiconFiles, catalogue) };
}

/** The rules of a folder in the order of their files. Throws an `AppError` when they are refused. */
export async function listRules(dir: string, catalogue: AnalyteCatalogue): Promise<Rule[]> {
  const { rules, faults } = await readOrFault(dir, catalogue);
  if (faults.length) throw new AppError(faults);
  return rules;
}

/** Runs the examples of all rules and phrases; `faults` also tells what kept a file from being read. */
export async function testRules(
  dir: string,
  catalogue: AnalyteCatalogue,
): Promise<{ passed: number; failed: number; faults: FileFault[] }> {
  const { examples, failedExamples, faults } = await readOrFault(dir, catalogue);
  return { passed: examples - failedExamples, failed: failedExamples, faults };
}

const NOTHING_READ = {
  rules: [],
  lexicons: 0,
  examples: 0,
  failedExamples: 0,
  warnings: [],
  reviewDates: [],
  placed: [],
  lexiconFiles: [],
  content: '',
};

async function readOrFault(dir: string, catalogue: AnalyteCatalogue): Promise<ReadRules> {
  try {
    return await readRules(await readFiles(dir), catalogue);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.faults as FileFault[];
    return { ...NOTHING_READ, faults };
  }
}
