import { createHash } from 'node:crypto';
import { AppError, type Fault } from '../kernel/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
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
  faults: Fault[];
  /** The version that these files would have; null while there are faults. */
  version: string | null;
  /** How well the examples hold the rules; null while there are faults. */
  strength: Strength | null;
}

/** Checks a folder without putting it in force. Never throws for what is in the files. */
export async function checkRules(dir: string, catalogue: AnalyteCatalogue): Promise<RulesCheck> {
  const read = await readOrFault(dir, catalogue);
  const { rules, lexicons, examples, faults, content } = read;
  const counts = { rules: rules.length, lexicons, examples, faults };
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

async function readOrFault(dir: string, catalogue: AnalyteCatalogue): Promise<ReadRules> {
  try {
    return await readRules(await readFiles(dir), catalogue);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { rules: [], lexicons: 0, examples: 0, failedExamples: 0, faults: [...error.faults], placed: [], caseFiles: [], lexiconFiles: [], content: '' };
  }
}
