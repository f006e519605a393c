import { type FileFault } from '../kernel/index.js';
import { type AnalyteCatalogue } from './domain/catalogue.js';
import { type Case } from './domain/cases/case.js';
import { type PolicyCase } from './domain/cases/policy-case.js';
import { readCaseFile } from './domain/cases/read-cases.js';
import { readPolicyCaseFile } from './domain/cases/read-policy-cases.js';
import { type Formula } from './domain/formula/formula.js';
import { withFormulas } from './domain/formula/with-formulas.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { type CaseFile, type ReadRules, readRules } from './domain/files/read-rules.js';
import { OVERLAY } from './domain/overlay/apply-overlay.js';
import { type LevelPlan } from './domain/level-plan.js';
import { type Rule } from './domain/rule.js';

/** Rules with all that tests them. */
export interface RuleTests {
  read: ReadRules;
  suites: CaseSuite[];
  policySuites: PolicySuite[];
  /** Of rules and of cases. */
  faults: FileFault[];
}

/** Cases, and the rules that they are about. */
export interface CaseSuite {
  rules: readonly Rule[];
  formulas: readonly Formula[];
  levels: LevelPlan | null;
  cases: Case[];
}

/** Cases of a policy, and the files among which it stands. */
export interface PolicySuite {
  files: readonly SourceFile[];
  cases: PolicyCase[];
}

/**
 * Cases of the shipped packs are about the shipped rules; those in a centre's overlay about what is in force with it.
 * @param zone the centre's: what a date without a time is a day of
 */
export async function readTests(
  files: readonly SourceFile[],
  catalogue: AnalyteCatalogue,
  zone: string,
): Promise<RuleTests> {
  const read = await readRules(files, catalogue);
  const shipped = files.filter(({ path }) => !path.startsWith(OVERLAY));
  const hasOverlay = shipped.length < files.length;
  const base = hasOverlay ? await readRules(shipped, catalogue) : read;
  const known = new Set([...read.faults, ...base.faults].map(keyOf));
  const suiteOf = ({ rules, formulas, levels, caseFiles }: ReadRules): CaseSuite => {
    const around = { catalogue: withFormulas(catalogue, formulas), zone, rules: rules.map(({ id }) => id) };
    return { rules, formulas, levels, cases: caseFiles.flatMap((file) => readCaseFile(file, around)) };
  };
  const isOwn = ({ faults }: CaseFile): boolean => faults.file.startsWith(OVERLAY);
  const own = {
    ...read,
    caseFiles: read.caseFiles.filter(isOwn),
    policyCaseFiles: read.policyCaseFiles.filter(isOwn),
  };
  const suites = hasOverlay ? [suiteOf(base), suiteOf(own)] : [suiteOf(read)];
  const policyOf = (among: readonly SourceFile[], { policyCaseFiles }: ReadRules): PolicySuite => ({
    files: among,
    cases: policyCaseFiles.flatMap((file) => readPolicyCaseFile(file, zone)),
  });
  const policySuites = hasOverlay ? [policyOf(shipped, base), policyOf(files, own)] : [policyOf(files, read)];
  const added = [base, own]
    .flatMap(({ caseFiles, policyCaseFiles }) => [...caseFiles, ...policyCaseFiles])
    .flatMap(({ faults }) => faults.faults)
    .filter((fault) => !known.has(keyOf(fault)));
  return { read, suites, policySuites, faults: [...read.faults, ...added] };
}

function keyOf({ path, message }: FileFault): string {
  return `${path} ${message}`;
}
