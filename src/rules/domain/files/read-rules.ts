import { type Fault } from '../../../kernel/index.js';
import { POLICY_PATH } from '../../../policy/domain/read-policy.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { applyOverlay, OVERLAY, type OverlaidFile, type OverlayDifference } from '../overlay/apply-overlay.js';
import { RULE_KINDS, type Rule, type RuleKind } from '../rule.js';
import { type Lexicon } from '../text/lexicon.js';
import { checkExamples } from './check-examples.js';
import { contentOf, parseFile, type SourceFile } from './parse-file.js';
import { joinLexicons, type LexiconFile, readLexiconFile } from './read-lexicon.js';
import { type PlacedRule, readRuleFile } from './read-rule-file.js';
import { FaultList, type SourceNode } from './source-node.js';

/** `notification-policy` is read by the queue; here it only counts for the version. */
const KINDS = [...RULE_KINDS, 'lexicon', 'notification-policy', 'overlay'] as const;

/** All files read and checked: in force only when there are no faults. */
export interface ReadRules {
  rules: Rule[];
  lexicons: number;
  /** Examples run, of rules and of phrases. */
  examples: number;
  /** How many of them did not give what they expect. */
  failedExamples: number;
  /** Rules that stand in the files and cannot be read: never without faults. */
  unread: number;
  /** What the centre's overlay has otherwise, by what it is about. */
  overlay: OverlayDifference[];
  faults: Fault[];
  /** The content of all files without comments and layout, in a fixed order: what the version is the hash of. */
  content: string;
}

interface Parsed extends OverlaidFile {
  kind: (typeof KINDS)[number] | null;
}

/** How rule files are read. */
export interface RulesReading {
  /** Called between files and between rules, so that whoever serves can let requests through. */
  pause?: () => Promise<void>;
  /** For files that were checked before. */
  withoutExamples?: boolean;
}

/** Reads and checks rule files as one whole. Every fault names file, line and column. */
export async function readRules(
  files: readonly SourceFile[],
  catalogue: AnalyteCatalogue,
  { pause = goOn, withoutExamples = false }: RulesReading = {},
): Promise<ReadRules> {
  const parsed: Parsed[] = [];
  const lists: FaultList[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const faults = new FaultList(file.path);
    lists.push(faults);
    const one = parseOne(file, faults);
    if (one) parsed.push(one);
    await pause();
  }
  const overlaid = applyOverlay(parsed);
  refuseMisplaced(overlaid.files);
  const { lexicons, examples, failed } = joinLexicons(lexiconFiles(overlaid.files));
  await pause();
  const placed: Checked[] = [];
  let written = overlaid.unread;
  for (const file of overlaid.files) {
    const kind = RULE_KINDS.find((each) => each === file.kind);
    if (!kind) continue;
    placed.push(...readOne(file, kind, { catalogue, lexicons }));
    written += file.node.members.get('rules')?.value.items.length ?? 0;
    await pause();
  }
  refuseRepeatedIds(placed);
  let failedExamples = failed;
  for (const { rule, faults } of withoutExamples ? [] : placed) {
    failedExamples += await checkExamples(rule, faults);
    await pause();
  }
  const faults = lists.flatMap((list) => list.faults);
  if (placed.length === 0 && faults.length === 0) {
    faults.push({ code: 'rules-refused', message: 'no rules found', path: '.' });
  }
  return {
    rules: placed.map(({ rule }) => rule.rule),
    lexicons: lexicons.size,
    examples: examples + placed.reduce((sum, { rule }) => sum + rule.examples.length, 0),
    failedExamples,
    unread: written - placed.length,
    overlay: overlaid.differences.sort((a, b) => (a.about < b.about ? -1 : 1)),
    faults,
    content: JSON.stringify(parsed.map(({ path, node }) => [path, contentOf(node)])),
  };
}

/** The lexicons alone, to read texts with. Faults are those that `readRules` tells. */
export function readLexicons(files: readonly SourceFile[]): ReadonlyMap<string, Lexicon> {
  const parsed = files.flatMap((file) => parseOne(file, new FaultList(file.path)) ?? []);
  return joinLexicons(lexiconFiles(parsed)).lexicons;
}

function goOn(): Promise<void> {
  return Promise.resolve();
}

function parseOne(file: SourceFile, faults: FaultList): Parsed | null {
  const node = parseFile(file, faults);
  return node && { path: file.path, pack: packOf(file.path), node, faults, kind: kindOf(node, faults) };
}

function kindOf(node: SourceNode, faults: FaultList): Parsed['kind'] {
  const kind = node.members.get('kind')?.value;
  if (kind) return faults.word(kind, 'kind', KINDS);
  faults.add(node, `kind is missing; expected ${KINDS.join(', ')}`);
  return null;
}

function lexiconFiles(parsed: readonly Parsed[]): LexiconFile[] {
  return parsed
    .filter((file) => file.kind === 'lexicon')
    .map(({ node, faults }) => readLexiconFile(node, faults))
    .filter((file) => file !== null);
}

interface Checked {
  rule: PlacedRule;
  faults: FaultList;
}

/** The pack is the first folder; null where there is none. */
function packOf(path: string): string | null {
  const [pack, ...inside] = (path.startsWith(OVERLAY) ? path.slice(OVERLAY.length) : path).split('/');
  return inside.length > 0 && pack !== undefined ? pack : null;
}

/** What would otherwise stand in a file, read by nobody. */
function refuseMisplaced(files: readonly Parsed[]): void {
  for (const { path, kind, node, faults } of files) {
    if (kind === 'overlay') faults.add(node, 'a file of kind overlay belongs in the overlay folder (RULES_OVERLAY_DIR)');
    if (kind === 'notification-policy' && path !== POLICY_PATH && path !== OVERLAY + POLICY_PATH) {
      faults.add(node, `the notification policy is ${POLICY_PATH}; nobody reads it here`);
    }
  }
}

function readOne(
  { path, pack, node, faults }: Parsed,
  kind: RuleKind,
  around: Parameters<typeof readRuleFile>[2],
): Checked[] {
  if (pack === null) {
    faults.add(node, 'a file of rules belongs in the folder of its pack, e.g. important-results/');
    return [];
  }
  return readRuleFile(node, { path, pack, kind }, around, faults).map((rule) => ({ rule, faults }));
}

function refuseRepeatedIds(placed: readonly Checked[]): void {
  const first = new Map<string, PlacedRule>();
  for (const { rule, faults } of placed) {
    const { id } = rule.rule;
    const known = first.get(id);
    if (known) faults.add(rule.at, `rule "${id}" is defined twice; first in ${known.rule.file}:${known.rule.line}`);
    else first.set(id, rule);
  }
}
