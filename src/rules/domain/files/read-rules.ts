import { type FileFault, type FileNotice } from '../../../kernel/index.js';
import { POLICY_PATH } from '../../../policy/domain/read-policy.js';
import { PREDICTING_MODELS } from '../../../risk-models/domain/registry.js';
import { revisionOf } from '../../../risk-models/domain/revision.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { applyOverlay, OVERLAY, type OverlaidFile, type OverlayDifference } from '../overlay/apply-overlay.js';
import { RULE_KINDS, type Rule, type RuleKind } from '../rule.js';
import { type LevelPlan } from '../level-plan.js';
import { type Lexicon } from '../text/lexicon.js';
import { type Formula } from '../formula/formula.js';
import { checkAll, type Checked } from './check-all.js';
import { type CheckedBefore, checkedBefore } from './checked-before.js';
import { checkFormulas } from './check-formulas.js';
import { contentOf, parseFile, type SourceFile } from './parse-file.js';
import { formulaIdsIn, readFormulaFile } from './read-formula-file.js';
import { readHead, type ReviewDate } from './read-head.js';
import { checkFindingPacks, readLevelPlan, refuseSecondPlan } from './read-level-plan.js';
import { joinLexicons } from './join-lexicons.js';
import { type LexiconFile, readLexiconFile } from './read-lexicon.js';
import { withRules } from './rule-at.js';
import { type PlacedRule, readRuleFile } from './read-rule-file.js';
import { FaultList, noticeOf, type SourceNode } from './source-node.js';

/**
 * `notification-policy` is read by the queue; here it only counts for the version. Files of cases say what the rules and
 * the policy must come to, and are no part of them.
 */
export const KINDS = [
  ...RULE_KINDS,
  ...(['levels', 'lexicon', 'formula', 'notification-policy', 'overlay', 'case', 'policy-case'] as const),
] as const;

/** All files read and checked: in force only when there are no faults. */
export interface ReadRules {
  /** Those in force: not what a switch of the level plan takes out. */
  rules: Rule[];
  /** What levels are put together by; null where no file says. */
  levels: LevelPlan | null;
  /** Values that are computed from others. */
  formulas: readonly Formula[];
  lexicons: number;
  /** Examples run, of rules, formulas and phrases. */
  examples: number;
  /** How many of them did not give what they expect. */
  failedExamples: number;
  /** Rules that stand in the files and cannot be read: never without faults. */
  unread: number;
  /** What the centre's overlay has otherwise, by what it is about. */
  overlay: OverlayDifference[];
  faults: FileFault[];
  /** What refuses nothing, but somebody must see. Whether a review is overdue depends on the day: `overdueReviews`. */
  warnings: FileNotice[];
  reviewDates: ReviewDate[];
  /** The rules with what is known of their files, to measure how well their examples hold them. */
  placed: readonly PlacedRule[];
  lexiconFiles: readonly LexiconFile[];
  /** Files of cases, not read yet: `rules test` does. */
  caseFiles: readonly CaseFile[];
  policyCaseFiles: readonly CaseFile[];
  /** The content of all files without comments and layout, in a fixed order: what the version is the hash of. */
  content: string;
}

export interface CaseFile {
  /** Null for a file outside every pack. */
  pack: string | null;
  node: SourceNode;
  faults: FaultList;
}

interface Parsed extends OverlaidFile {
  kind: (typeof KINDS)[number] | null;
}

/** How rule files are read. */
export interface RulesReading {
  /** Called between files and between rules, so that whoever serves can let requests through. */
  pause?: () => Promise<void>;
  /** For files that were in force before: no examples are run, no limits weighed against each other. */
  wereInForce?: boolean;
  /** What need not be checked again: when left out, what this process has found sound before. */
  checked?: CheckedBefore;
}

/** Reads and checks rule files as one whole. Every fault names file, line and column. */
export async function readRules(
  files: readonly SourceFile[],
  vocabulary: AnalyteCatalogue,
  { pause = goOn, wereInForce = false, checked }: RulesReading = {},
): Promise<ReadRules> {
  const { parsed, lists } = await parseAll(files, pause);
  const overlaid = applyOverlay(parsed);
  refuseMisplaced(overlaid.files);
  const lexiconFiles = lexiconsAmong(overlaid.files);
  const { lexicons, examples, failed } = joinLexicons(lexiconFiles);
  const derived = checkFormulas(formulasAmong(overlaid.files, vocabulary), vocabulary);
  const { catalogue } = derived;
  const levels = planAmong(overlaid.files, catalogue);
  await pause();
  const placed: Checked[] = [];
  let written = overlaid.unread;
  for (const file of overlaid.files) {
    const kind = RULE_KINDS.find((each) => each === file.kind);
    if (!kind) continue;
    placed.push(...readOne(file, kind, { catalogue, lexicons, levels: levels?.plan }));
    written += file.node.members.get('rules')?.value.items.length ?? 0;
    await pause();
  }
  refuseRepeatedIds(placed);
  if (levels) checkFindingPacks(levels, levels.plan, packsOf(parsed));
  const before = checked ?? checkedBefore({ vocabulary, texts: textsAround(files, parsed) });
  const checking = { catalogue, files, pause, before };
  const failedExamples = failed + derived.failed + (wereInForce ? 0 : await checkAll(placed, checking));
  if (!wereInForce) for (const { rule, faults } of placed) warnOfPending(rule, faults);
  const faults = withRules(
    files,
    lists.flatMap((list) => list.faults.sort(byPlace)),
  );
  if (placed.every(({ rule }) => rule.isOff) && faults.length === 0) {
    faults.push({ code: 'rules-refused', ...noticeOf('.', null, 'no-rules') });
  }
  return {
    rules: placed.filter(({ rule }) => !rule.isOff).map(({ rule }) => rule.rule),
    levels: levels?.plan ?? null,
    formulas: catalogue.formulas,
    lexicons: lexicons.size,
    examples: examples + derived.examples + placed.reduce((sum, { rule }) => sum + rule.examples.length, 0),
    failedExamples,
    unread: written - placed.length,
    overlay: overlaid.differences.sort((a, b) => (a.about < b.about ? -1 : 1)),
    faults,
    warnings: lists.flatMap((list) => list.warnings.sort(byPlace)),
    reviewDates: [...reviewDatesOf(parsed, placed), ...overlaid.reviewDates],
    placed: placed.map(({ rule }) => rule),
    lexiconFiles,
    caseFiles: overlaid.files.filter(({ kind }) => kind === 'case'),
    policyCaseFiles: overlaid.files.filter(({ kind }) => kind === 'policy-case'),
    content: contentOfAll(parsed, modelsIn(placed, catalogue, levels?.plan ?? null)),
  };
}

/** What decides of a rule besides its own file; of the overlay everything, since it changes rules of others. */
function textsAround(files: readonly SourceFile[], parsed: readonly Parsed[]): string {
  const own = new Set(parsed.flatMap(({ path, kind }) => (isOwnFile(path, kind) ? path : [])));
  return JSON.stringify(files.flatMap(({ path, text }) => (own.has(path) ? [] : [[path, text]])));
}

function isOwnFile(path: string, kind: Parsed['kind']): boolean {
  const isOfRules = isOfCases(kind) || kind === 'notification-policy' || RULE_KINDS.some((each) => each === kind);
  return isOfRules && !path.startsWith(OVERLAY);
}

function isOfCases(kind: Parsed['kind']): boolean {
  return kind === 'case' || kind === 'policy-case';
}

/** @param models revisions: when one of the models gives something else, so do the rules, and stored people must follow */
function contentOfAll(parsed: readonly Parsed[], models: readonly (readonly unknown[])[]): string {
  const counting = parsed.filter(({ kind }) => !isOfCases(kind));
  return JSON.stringify([...counting.map(({ path, node }) => [path, contentOf(node)]), ...models]);
}

/** The risk models that the rules look at; where levels are given, those too whose predictions stand beside them. */
function modelsIn(placed: readonly Checked[], { formulas }: AnalyteCatalogue, plan: LevelPlan | null): (readonly unknown[])[] {
  const named = new Set(placed.flatMap(({ rule }) => rule.rule.leaves.flatMap(({ analytes }) => [...analytes])));
  const asked = formulas.flatMap((one) => ('call' in one && named.has(one.id) ? one.call.model : []));
  return [...new Set([...asked, ...(plan ? PREDICTING_MODELS : [])])].map(revisionOf);
}

/** The lexicons alone, to read texts with. Faults are those that `readRules` tells. */
export function readLexicons(files: readonly SourceFile[]): ReadonlyMap<string, Lexicon> {
  const parsed = files.flatMap((file) => parseOne(file, new FaultList(file.path)) ?? []);
  return joinLexicons(lexiconsAmong(parsed)).lexicons;
}

function goOn(): Promise<void> {
  return Promise.resolve();
}

async function parseAll(
  files: readonly SourceFile[],
  pause: () => Promise<void>,
): Promise<{ parsed: Parsed[]; lists: FaultList[] }> {
  const parsed: Parsed[] = [];
  const lists: FaultList[] = [];
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const faults = new FaultList(file.path);
    lists.push(faults);
    const one = parseOne(file, faults);
    if (one) parsed.push(one);
    await pause();
  }
  return { parsed, lists };
}

function parseOne({ path, text }: SourceFile, faults: FaultList): Parsed | null {
  const node = parseFile({ path, text }, faults);
  if (!node) return null;
  const head = node.kind === 'map' ? readHead(node, faults) : null;
  return { path, pack: packOf(path), node, faults, kind: kindOf(node, faults), head };
}

function kindOf(node: SourceNode, faults: FaultList): Parsed['kind'] {
  const kind = node.members.get('kind')?.value;
  if (kind) return faults.word(kind, 'kind', KINDS);
  faults.add(node, 'no-kind', { expected: KINDS });
  return null;
}

function lexiconsAmong(parsed: readonly Parsed[]): LexiconFile[] {
  return parsed
    .filter((file) => file.kind === 'lexicon')
    .map(({ node, faults }) => readLexiconFile(node, faults))
    .filter((file) => file !== null);
}

/** Formulas that can be read. */
function formulasAmong(files: readonly Parsed[], catalogue: AnalyteCatalogue): Parameters<typeof checkFormulas>[0] {
  const own = files.filter((file) => file.kind === 'formula');
  const around = { catalogue, ids: new Set(own.flatMap(({ node }) => formulaIdsIn(node))) };
  return own.flatMap(({ node, faults }) => {
    return readFormulaFile(node, around, faults).map((placed) => ({ placed, faults }));
  });
}

/** The level plan of these files, with the place where its faults are told. */
function planAmong(files: readonly Parsed[], catalogue: AnalyteCatalogue): (Parsed & { plan: LevelPlan }) | null {
  const file = refuseSecondPlan(files.filter(({ kind }) => kind === 'levels')) as Parsed | null;
  const plan = file && readLevelPlan(file.node, catalogue, file.faults);
  return file && plan && { ...file, plan };
}

/** Packs that have rules, also where the centre has switched off all of them. */
function packsOf(parsed: readonly Parsed[]): string[] {
  const packs = parsed.flatMap(({ kind, pack }) => (RULE_KINDS.some((each) => each === kind) ? (pack ?? []) : []));
  return [...new Set(packs)];
}

/** The pack is the first folder; null where there is none. */
function packOf(path: string): string | null {
  const [pack, ...inside] = (path.startsWith(OVERLAY) ? path.slice(OVERLAY.length) : path).split('/');
  return inside.length > 0 && pack !== undefined ? pack : null;
}

/** What would otherwise stand in a file, read by nobody. */
function refuseMisplaced(files: readonly Parsed[]): void {
  for (const { path, kind, node, faults } of files) {
    if (kind === 'overlay') faults.add(node, 'misplaced-overlay', { expected: 'RULES_OVERLAY_DIR' });
    if (kind === 'notification-policy' && path !== POLICY_PATH && path !== OVERLAY + POLICY_PATH) {
      faults.add(node, 'misplaced-policy', { expected: POLICY_PATH });
    }
  }
}

function readOne(
  { path, pack, node, faults, head }: Parsed,
  kind: RuleKind,
  around: Parameters<typeof readRuleFile>[2],
): Checked[] {
  if (pack === null) {
    faults.add(node, 'outside-a-pack', { found: path, expected: `important-results/${path}` });
    return [];
  }
  return readRuleFile(node, { path, pack, kind, head }, around, faults).map((rule) => ({ rule, faults }));
}

function byPlace(a: FileNotice, b: FileNotice): number {
  return a.line - b.line || a.column - b.column;
}

function warnOfPending({ rule, at }: PlacedRule, faults: FaultList): void {
  if (rule.review !== 'pending') return;
  faults.warn(at, 'review-pending', { rule: rule.id, status: rule.status ?? '—' });
}

/** Of every file, and of the rules that have a day of their own. */
function reviewDatesOf(parsed: readonly Parsed[], placed: readonly Checked[]): ReviewDate[] {
  const ofFiles = parsed.flatMap(({ path, head }) => (head ? [{ ...head, file: path }] : []));
  const own = placed.filter(({ rule }) => rule.at.members.has('review-by'));
  return [...ofFiles, ...own.map(({ rule }) => ({ ...rule.head, file: rule.rule.file }))];
}

function refuseRepeatedIds(placed: readonly Checked[]): void {
  const first = new Map<string, PlacedRule>();
  for (const { rule, faults } of placed) {
    const { id } = rule.rule;
    const known = first.get(id);
    if (known) faults.add(rule.at, 'doubled-id', { found: id, first: `${known.rule.file}:${known.rule.line}` });
    else first.set(id, rule);
  }
}
