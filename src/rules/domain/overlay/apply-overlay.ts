import { RULE_KINDS } from '../rule.js';
import { type Head, type ReviewDate } from '../files/read-head.js';
import { oneOf } from '../../../kernel/index.js';
import { type FaultList, type SourceNode } from '../files/source-node.js';
import { changeRule } from './change-rule.js';
import { type FieldDifference, fieldsThatDiffer } from './difference.js';
import { listNode, memberOf, placedAt, textNode, textOf, withMembers } from './nodes.js';
import { idsOf, modeOf, type OverlayEntry, readOverlayFile } from './overlay-entry.js';

/** Where the files of a centre's overlay stand among those of a version. */
export const OVERLAY = 'overlay/';

/** A file that was parsed. */
export interface OverlaidFile {
  path: string;
  /** Null for a file outside every pack. */
  pack: string | null;
  kind: string | null;
  head: Head | null;
  node: SourceNode;
  faults: FaultList;
}

/** What a centre has otherwise than the shipped packs: one rule, lexicon, policy or level plan. */
export interface OverlayDifference {
  /** `pack/rule`, `lexicon/id` or the path of a policy or plan. */
  about: string;
  what: 'changed' | 'off' | 'replaced' | 'added';
  file: string;
  line: number;
  reason: string | null;
  owner: string | null;
  reviewBy: string | null;
  fields: FieldDifference[];
}

export interface Overlaid<File extends OverlaidFile> {
  files: File[];
  differences: OverlayDifference[];
  /** By when entries with a day of their own must be looked at again. */
  reviewDates: ReviewDate[];
  /** Entries that could not be applied: never without faults. */
  unread: number;
}

/** What examples say is no behaviour; a source, owner or date of review differs whenever anything does. */
const NO_DIFFERENCE = ['examples', 'source', 'owner', 'review-by', 'note', 'overlay'];

/**
 * Lays a centre's files over the shipped ones: files that a reader of rules reads like any others, and what is
 * different in them.
 */
export function applyOverlay<File extends OverlaidFile>(files: readonly File[]): Overlaid<File> {
  const own = files.filter(({ path }) => path.startsWith(OVERLAY));
  if (own.length === 0) return { files: [...files], differences: [], reviewDates: [], unread: 0 };
  const base = files.filter(({ path }) => !path.startsWith(OVERLAY));
  const laying = new Laying(base);
  for (const file of own) laying.lay(file);
  return { files: laying.files(), differences: laying.differences, reviewDates: laying.reviewDates, unread: laying.unread };
}

interface Shipped<File> {
  file: File;
  node: SourceNode;
}

class Laying<File extends OverlaidFile> {
  readonly differences: OverlayDifference[] = [];
  readonly reviewDates: ReviewDate[] = [];
  unread = 0;
  readonly #rules = new Map<string, Shipped<File>>();
  readonly #lexicons = new Map<string, Shipped<File>>();
  /** Shipped rules and lexicons that are in force no more. */
  readonly #gone = new Set<SourceNode>();
  readonly #laid: File[] = [];

  constructor(private readonly base: readonly File[]) {
    for (const file of base) {
      if (file.kind === 'lexicon') this.#lexicons.set(textOf(file.node, 'id') ?? '', { file, node: file.node });
      else if (isOfRules(file)) {
        for (const { id, node } of idsOf(file.node)) this.#rules.set(`${file.pack}/${id}`, { file, node });
      }
    }
  }

  lay(file: File): void {
    if (file.kind === 'overlay') this.#layEntries(file);
    else if (file.kind === 'notification-policy' || file.kind === 'levels') this.#layWhole(file);
    else if (file.kind === 'lexicon') this.#layLexicon(file);
    else if (isOfRules(file)) this.#layRules(file);
    else this.#laid.push(file);
  }

  /** What is in force of the shipped files, and the centre's own. */
  files(): File[] {
    const left = this.base
      .filter(({ node }) => !this.#gone.has(node))
      .flatMap((file) => (isOfRules(file) ? this.#withoutGone(file) : file));
    return [...left, ...this.#laid];
  }

  /** None where the centre has all of the file's rules otherwise: a file without a rule would be refused. */
  #withoutGone(file: File): File | [] {
    const rules = memberOf(file.node, 'rules');
    if (!rules?.items.some((rule) => this.#gone.has(rule))) return file;
    const left = rules.items.filter((rule) => !this.#gone.has(rule));
    if (left.length === 0) return [];
    return { ...file, node: withMembers(file.node, { rules: listNode(left, rules) }) };
  }

  #layRules(file: File): void {
    const mode = modeOf(file.node, file.faults);
    const node = withMembers(file.node, { overlay: null });
    this.#laid.push({ ...file, node });
    if (!mode) return;
    for (const { id, node: rule } of idsOf(file.node)) {
      const about = `${file.pack}/${id}`;
      const shipped = this.#rules.get(about);
      if (!this.#fits(about, mode, shipped, [...this.#rules.keys()], memberOf(rule, 'id') ?? rule, file)) continue;
      if (shipped) this.#gone.add(shipped.node);
      this.#note(file, rule, about, mode, effective(shipped), effective({ file, node: rule }));
    }
  }

  #layLexicon(file: File): void {
    const mode = modeOf(file.node, file.faults);
    const node = withMembers(file.node, { overlay: null });
    this.#laid.push({ ...file, node });
    const id = textOf(file.node, 'id');
    if (!mode || id === null) return;
    const shipped = this.#lexicons.get(id);
    if (!this.#fits(id, mode, shipped, [...this.#lexicons.keys()], memberOf(file.node, 'id') ?? file.node, file)) return;
    if (shipped) this.#gone.add(shipped.node);
    this.#note(file, file.node, `lexicon/${id}`, mode, shipped?.node ?? null, node);
  }

  /** A file that a centre has instead of the shipped one of the same path: the policy, the level plan. */
  #layWhole(file: File): void {
    const path = file.path.slice(OVERLAY.length);
    const shipped = this.base.find((one) => one.path === path);
    this.#laid.push(file);
    if (shipped) this.#gone.add(shipped.node);
    this.#note(file, file.node, path, shipped ? 'replaces' : 'adds', shipped?.node ?? null, file.node);
  }

  /** Whether what is said to replace has something to replace, and what is added is new. */
  #fits(
    id: string,
    mode: 'replaces' | 'adds',
    shipped: Shipped<File> | undefined,
    ids: readonly string[],
    at: SourceNode,
    { faults }: File,
  ): boolean {
    if (mode === 'replaces' && !shipped) {
      faults.add(at, 'nothing-to-replace', oneOf(id, ids));
    } else if (mode === 'adds' && shipped) {
      faults.add(at, 'already-shipped', { found: id });
    } else if (shipped && this.#gone.has(shipped.node)) {
      faults.add(at, 'overlaid-twice', { found: id });
    } else return true;
    return false;
  }

  #note(
    file: File,
    at: SourceNode,
    about: string,
    mode: 'replaces' | 'adds',
    shipped: SourceNode | null,
    centre: SourceNode,
  ): void {
    this.differences.push({
      about,
      what: mode === 'replaces' ? 'replaced' : 'added',
      file: file.path,
      line: at.line,
      reason: textOf(at, 'note') ?? textOf(file.node, 'note'),
      owner: textOf(at, 'owner') ?? textOf(file.node, 'owner'),
      reviewBy: textOf(at, 'review-by') ?? textOf(file.node, 'review-by'),
      fields: shipped ? fieldsThatDiffer(shipped, centre, NO_DIFFERENCE) : [],
    });
  }

  #layEntries(file: File): void {
    for (const entry of readOverlayFile(file.node, file.head, file.faults)) {
      if (!entry || !this.#layEntry(entry, file)) this.unread++;
    }
  }

  #layEntry(entry: OverlayEntry, file: File): boolean {
    const about = String(entry.rule.value).trim();
    const shipped = this.#rules.get(about);
    if (!this.#fits(about, 'replaces', shipped, [...this.#rules.keys()], entry.rule, file) || !shipped) return false;
    const rule = entry.change && changeRule(placedAt(shipped.node, entry.at), entry.change, file.faults);
    if (entry.change && !rule) return false;
    this.#gone.add(shipped.node);
    if (entry.at.members.has('review-by')) this.reviewDates.push({ ...entry.head, file: file.path });
    if (rule) this.#laid.push(asFile(file, shipped.file, entry, rule));
    this.differences.push({
      about,
      what: rule ? 'changed' : 'off',
      file: file.path,
      line: entry.at.line,
      reason: entry.reason,
      owner: entry.head.owner,
      reviewBy: entry.head.reviewBy,
      fields: rule ? fieldsThatDiffer(shipped.node, rule, NO_DIFFERENCE) : [],
    });
    return true;
  }
}

/**
 * A file of the one changed rule, with the head of the shipped file but the entry's own owner and day; its source says
 * that the centre has changed it.
 */
function asFile<File extends OverlaidFile>(
  file: File,
  shipped: File,
  { at, reason, head }: OverlayEntry,
  rule: SourceNode,
): File {
  const whole = placedAt(shipped.node, at);
  const source = textOf(rule, 'source') ?? textOf(whole, 'source') ?? '';
  const changed = withMembers(rule, {
    source: textNode(`${source}；本院调整 changed by this centre: ${reason}`, at),
    owner: null,
    'review-by': null,
  });
  const node = withMembers(whole, {
    owner: textNode(head.owner, at),
    'review-by': textNode(head.reviewBy, head.at),
    rules: listNode([changed], at),
  });
  return { ...file, kind: shipped.kind, pack: shipped.pack, head, node };
}

/** A rule with what its file says for it, so that two of them can be compared. */
function effective<File extends OverlaidFile>(rule: Shipped<File>): SourceNode;
function effective<File extends OverlaidFile>(rule: Shipped<File> | undefined): SourceNode | null;
function effective<File extends OverlaidFile>(rule: Shipped<File> | undefined): SourceNode | null {
  if (!rule) return null;
  const { file, node } = rule;
  const heads = ['population', 'review'].map((name) => [name, memberOf(node, name) ?? memberOf(file.node, name) ?? null] as const);
  return withMembers(node, { ...Object.fromEntries(heads), kind: memberOf(file.node, 'kind') ?? null });
}

function isOfRules({ kind }: OverlaidFile): boolean {
  return RULE_KINDS.some((each) => each === kind);
}
