import { createHash } from 'node:crypto';
import { AppError, type Fault } from '../kernel/index.js';
import { type NotificationPolicy, POLICY_PATH, readPolicy } from '../policy/index.js';
import { type AnalyteCatalogue, type Bilingual } from './domain/catalogue.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { readRules } from './domain/files/read-rules.js';
import { type Outcome } from './domain/rule.js';
import { buildRuleSet, type RuleSet } from './domain/rule-set.js';
import { sentence } from './domain/sentence.js';

/**
 * Everything that decides, as one: the rules with their lexicons, and the policy of whom to ring and by when. Two
 * versions never mix: whoever judges takes one, and judges by it throughout.
 */
export interface RulesVersion extends RuleSet {
  policy: NotificationPolicy;
  /** What a nurse can say of an outcome. */
  readonly sentence: (outcome: Outcome) => Bilingual;
}

/**
 * The version that these files make, all or nothing.
 * @throws AppError `rules-refused` with every fault of every file (`file:line:column`)
 */
export async function versionOf(
  files: readonly SourceFile[],
  catalogue: AnalyteCatalogue,
): Promise<RulesVersion> {
  const read = await readRules(files, catalogue);
  const { policy, faults } = policyAmong(files, read.faults);
  if (policy === null || faults.length > 0) throw new AppError(faults);
  const version = createHash('sha256').update(read.content).digest('hex');
  return {
    ...buildRuleSet(version, read.rules),
    policy,
    sentence: (outcome) => ({
      zh: sentence(outcome, catalogue, 'zh'),
      en: sentence(outcome, catalogue, 'en'),
    }),
  };
}

/** The policy among the files; its faults beside those that are known already. */
export function policyAmong(
  files: readonly SourceFile[],
  known: readonly Fault[],
): { policy: NotificationPolicy | null; faults: readonly Fault[] } {
  const file = files.find(({ path }) => path === POLICY_PATH);
  if (!file) {
    return { policy: null, faults: [...known, { code: 'rules-refused', message: 'the notification policy is missing', path: POLICY_PATH }] };
  }
  try {
    return { policy: readPolicy(file), faults: known };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const others = error.faults.filter(({ path }) => !known.some((fault) => fault.path === path));
    return { policy: null, faults: [...known, ...others] };
  }
}
