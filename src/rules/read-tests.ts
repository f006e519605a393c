import { type Fault } from '../kernel/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { type Case } from './domain/cases/case.js';
import { readCaseFile } from './domain/cases/read-cases.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { type ReadRules, readRules } from './domain/files/read-rules.js';

/** Rules with all that tests them. */
export interface RuleTests {
  read: ReadRules;
  cases: Case[];
  /** Of rules and of cases. */
  faults: Fault[];
}

/** @param zone the centre's: what a date without a time is a day of */
export async function readTests(
  files: readonly SourceFile[],
  catalogue: AnalyteCatalogue,
  zone: string,
): Promise<RuleTests> {
  const read = await readRules(files, catalogue);
  const around = { catalogue, zone, rules: read.rules.map(({ id }) => id) };
  const cases = read.caseFiles.flatMap(({ node, faults }) => readCaseFile(node, around, faults));
  const known = new Set(read.faults.map(({ path, message }) => `${path} ${message}`));
  const added = read.caseFiles
    .flatMap(({ faults }) => faults.faults)
    .filter(({ path, message }) => !known.has(`${path} ${message}`));
  return { read, cases, faults: [...read.faults, ...added] };
}
