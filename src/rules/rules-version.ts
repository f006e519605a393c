import { createHash } from 'node:crypto';
import { AppError, type FileFault, type FileNotice, Remembered } from '../kernel/index.js';
import { type NotificationPolicy, POLICY_PATH, policyWarnings, readPolicy } from '../policy/index.js';
import { type VocabularyFile } from '../terminology/index.js';
import { type AnalyteCatalogue, type Bilingual } from './domain/catalogue.js';
import { type AskedPart, conditionInWords } from './domain/explain/condition-in-words.js';
import { explain } from './domain/explain/explain.js';
import { type Explanation } from './domain/explain/explanation.js';
import { nameOfFact } from './domain/fact-name.js';
import { type SourceFile } from './domain/files/parse-file.js';
import { type ReadRules, readRules } from './domain/files/read-rules.js';
import { noticeOf } from './domain/files/source-node.js';
import { withFormulas } from './domain/formula/with-formulas.js';
import { OVERLAY, type OverlayDifference } from './domain/overlay/apply-overlay.js';
import { type LeafEvidence, type Outcome, type Rule } from './domain/rule.js';
import { buildRuleSet, type RuleSet } from './domain/rule-set.js';
import { sentence } from './domain/sentence.js';
import { partFiles } from './rule-files.js';

/**
 * Everything that decides, as one: the rules with their lexicons, the policy of whom to ring and by when, and the
 * vocabulary that the rules are written with. Two versions never mix: whoever judges takes one, and judges by it
 * throughout.
 */
export interface RulesVersion extends RuleSet {
  policy: NotificationPolicy;
  /** What the centre has otherwise than the shipped packs. */
  overlay: readonly OverlayDifference[];
  /** What a nurse can say of an outcome. */
  readonly sentence: (outcome: Outcome) => Bilingual;
  /** What a fact is called: an analyte, a derived value, or something of the person. */
  readonly nameOf: (fact: string) => Bilingual;
  /** What a rule asks, in words. */
  readonly inWords: (rule: Rule) => AskedPart;
  /**
   * Why a rule of this version said what it said, from the evidence that was kept.
   * @param zone IANA zone of the centre
   * @returns null where this version has no such rule, or the evidence is of other conditions
   */
  readonly explain: (ruleId: string, evidence: readonly LeafEvidence[], zone: string) => Explanation | null;
}

/** How a version is read. */
export interface Reading {
  /** The vocabulary of these files, as rules see it. */
  catalogue: (files: readonly VocabularyFile[]) => AnalyteCatalogue;
  /** Called between files and between rules: lets others have their turn. */
  pause?: () => Promise<void>;
}

/** Versions that were made, by all their texts, with the vocabulary that they were read with: a version never changes. */
const made = new WeakMap<AnalyteCatalogue, Remembered<RulesVersion>>();
/** Characters: some two versions of what is shipped, 5 MB of memory each. */
const MOST_TEXT = 3_000_000;

/**
 * The version that these files make, all or nothing.
 * @throws AppError `rules-refused` with every fault of every file (`file:line:column`)
 */
export async function versionOf(files: readonly SourceFile[], reading: Reading): Promise<RulesVersion> {
  const { rules: ruleFiles, vocabulary } = partFiles(files);
  const catalogue = reading.catalogue(vocabulary);
  const remembered = made.get(catalogue) ?? new Remembered<RulesVersion>(MOST_TEXT);
  made.set(catalogue, remembered);
  const is = JSON.stringify(files.map(({ path, text }) => [path, text]));
  const known = remembered.get(is);
  if (known) return known;
  const read = await readRules(ruleFiles, catalogue, reading);
  const { policy, faults } = policyAmong(ruleFiles, read.faults);
  if (policy === null || faults.length > 0) throw new AppError(faults);
  const version = ready(versionHash(read.content, vocabulary), read, policy, catalogue);
  remembered.keep(is, version);
  return version;
}

/**
 * A version that was in force, again. It was checked when it came into force; a later release may ask more of a file
 * than was asked then, and refuses nothing here as long as every rule of it can be read.
 * @throws AppError `rules-refused` when a rule of it, or its policy, can't be read
 */
export async function keptVersion(
  version: string,
  files: readonly SourceFile[],
  reading: Reading,
): Promise<RulesVersion> {
  const { rules: ruleFiles, vocabulary } = partFiles(files);
  const catalogue = reading.catalogue(vocabulary);
  const read = await readRules(ruleFiles, catalogue, { pause: reading.pause, wereInForce: true });
  if (read.unread > 0) throw new AppError(read.faults);
  const { policy, faults } = policyAmong(ruleFiles, []);
  if (policy === null) throw new AppError(faults);
  return ready(version, read, policy, catalogue);
}

function ready(
  version: string,
  { rules, levels, formulas, overlay }: Pick<ReadRules, 'rules' | 'levels' | 'formulas' | 'overlay'>,
  policy: NotificationPolicy,
  vocabulary: AnalyteCatalogue,
): RulesVersion {
  const catalogue = withFormulas(vocabulary, formulas);
  return {
    ...buildRuleSet(version, rules, formulas, levels),
    policy,
    overlay,
    sentence: (outcome) => ({
      zh: sentence(outcome, catalogue, 'zh'),
      en: sentence(outcome, catalogue, 'en'),
    }),
    nameOf: (fact) => nameOfFact(fact, catalogue),
    inWords: (rule) => conditionInWords(rule, catalogue),
    explain: (ruleId, evidence, zone) => {
      const rule = rules.find(({ id }) => id === ruleId);
      return rule ? explain(rule, evidence, { catalogue, zone }) : null;
    },
  };
}

/** SHA-256 of the content of the rule files and of the texts of the vocabulary. */
export function versionHash(content: string, vocabulary: readonly VocabularyFile[]): string {
  const hash = createHash('sha256').update(content);
  for (const { path, text } of vocabulary) hash.update(`\0${path}\0${text}`);
  return hash.digest('hex');
}

/**
 * The policy in force among the files, which is the centre's own where there is one; its faults beside those that are
 * known already.
 */
export function policyAmong(
  files: readonly SourceFile[],
  known: readonly FileFault[],
): { policy: NotificationPolicy | null; faults: readonly FileFault[]; warnings: readonly FileNotice[] } {
  const among = (path: string): SourceFile | undefined => files.find((file) => file.path === path);
  const file = among(OVERLAY + POLICY_PATH) ?? among(POLICY_PATH);
  if (!file) {
    const fault: FileFault = { code: 'rules-refused', ...noticeOf(POLICY_PATH, null, 'no-policy') };
    return { policy: null, faults: [...known, fault], warnings: [] };
  }
  try {
    const policy = readPolicy(file);
    return { policy, faults: known, warnings: policyWarnings(file, policy) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const others = (error.faults as FileFault[]).filter(({ path }) => !known.some((fault) => fault.path === path));
    return { policy: null, faults: [...known, ...others], warnings: [] };
  }
}
