import { type FileFault, type FileNotice } from '../../../kernel/index.js';
import { type AnalyteCatalogue } from '../catalogue.js';
import { RULE_KINDS, type Rule, type RuleKind } from '../rule.js';
import { type Lexicon } from '../text/lexicon.js';
import { checkExamples } from './check-examples.js';
import { checkLimits } from './check-limits.js';
import { checkHolding, checkMeeting } from './check-meeting.js';
import { contentOf, parseFile, type SourceFile } from './parse-file.js';
import { type Head, readHead, type ReviewDate } from './read-head.js';
import { joinLexicons, type LexiconFile, readLexiconFile } from './read-lexicon.js';
import { withRules } from './rule-at.js';
import { type PlacedRule, readRuleFile } from './read-rule-file.js';
import { FaultList, noticeOf, type SourceNode } from './source-node.js';

/** `notification-policy` is read by the queue; here it only counts for the version. */
export const KINDS = [...RULE_KINDS, 'lexicon', 'notification-policy'] as const;

/** All files read and checked: in force only when there are no faults. */
export interface ReadRules {
  rules: Rule[];
  lexicons: number;
  /** Examples run, of rules and of phrases. */
  examples: number;
  /** How many of them did not give what they expect. */
  failedExamples: number;
  faults: FileFault[];
  /** What refuses nothing, but somebody must see. Whether a review is overdue depends on the day: `overdueReviews`. */
  warnings: FileNotice[];
  reviewDates: ReviewDate[];
  /** The rules with what is known of their files, to measure how well their examples hold them. */
  placed: readonly PlacedRule[];
  lexiconFiles: readonly LexiconFile[];
  /** The content of all files without comments and layout, in a fixed order: what the version is the hash of. */
  content: string;
}

interface Parsed {
  path: string;
  node: SourceNode;
  faults: FaultList;
  kind: (typeof KINDS)[number] | null;
  head: Head | null;
}

/** Reads and checks rule files as one whole. Every fault names file, line and column. */
export async function readRules(files: readonly SourceFile[], catalogue: AnalyteCatalogue): Promise<ReadRules> {
  const { parsed, lists } = parseAll(files);
  const lexiconFiles = lexiconsAmong(parsed);
  const { lexicons, examples, failed } = joinLexicons(lexiconFiles);
  const placed = parsed.flatMap((file) => {
    const kind = RULE_KINDS.find((each) => each === file.kind);
    return kind ? readOne(file, kind, { catalogue, lexicons }) : [];
  });
  refuseRepeatedIds(placed);
  const sound = placed.filter(({ rule, faults }) => {
    return checkLimits(rule, catalogue, faults) && checkHolding(rule, catalogue, faults);
  });
  checkMeeting(sound, catalogue);
  let failedExamples = failed;
  for (const { rule, faults } of placed) failedExamples += await checkExamples(rule, faults);
  for (const { rule, faults } of placed) warnOfPending(rule, faults);
  const faults = withRules(
    files,
    lists.flatMap((list) => list.faults.sort(byPlace)),
  );
  if (placed.length === 0 && faults.length === 0) {
    faults.push({ code: 'rules-refused', ...noticeOf('.', null, 'no-rules') });
  }
  return {
    rules: placed.map(({ rule }) => rule.rule),
    lexicons: lexicons.size,
    examples: examples + placed.reduce((sum, { rule }) => sum + rule.examples.length, 0),
    failedExamples,
    faults,
    warnings: lists.flatMap((list) => list.warnings.sort(byPlace)),
    reviewDates: reviewDatesOf(parsed, placed),
    placed: placed.map(({ rule }) => rule),
    lexiconFiles,
    content: JSON.stringify(parsed.map(({ path, node }) => [path, contentOf(node)])),
  };
}

/** The lexicons alone, to read texts with. Faults are those that `readRules` tells. */
export function readLexicons(files: readonly SourceFile[]): ReadonlyMap<string, Lexicon> {
  return joinLexicons(lexiconsAmong(parseAll(files).parsed)).lexicons;
}

function parseAll(files: readonly SourceFile[]): { parsed: Parsed[]; lists: FaultList[] } {
  const lists: FaultList[] = [];
  const parsed = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => {
      const faults = new FaultList(file.path);
      lists.push(faults);
      const node = parseFile(file, faults);
      if (!node) return [];
      const head = node.kind === 'map' ? readHead(node, faults) : null;
      return [{ path: file.path, node, faults, kind: kindOf(node, faults), head }];
    });
  return { parsed, lists };
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

interface Checked {
  rule: PlacedRule;
  faults: FaultList;
}

/** The pack is the first folder. */
function readOne(
  { path, node, faults, head }: Parsed,
  kind: RuleKind,
  around: Parameters<typeof readRuleFile>[2],
): Checked[] {
  const [pack = '', ...inside] = path.split('/');
  if (inside.length === 0) {
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
